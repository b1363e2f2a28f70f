/* SPDX-License-Identifier: MIT
 *
 * musl_runtime.c: what the libgcc and libstdc++ of a glibc system call and musl
 * does not have. Built and linked by musl.sh. */
#include <link.h>
#include <stdint.h>
#include <stdlib.h>

#ifndef __GLIBC__

/* As dl_find_object in dlfcn.h of glibc 2.35: the object that holds a piece of
 * code, and the table by which exceptions find their way through it. */
struct found_object {
	unsigned long long flags;
	void *map_start, *map_end;
	void *link_map, *eh_frame;
	unsigned long long reserved[7];
};

struct search {
	uintptr_t pc;
	struct found_object *found;
};

int _dl_find_object(void *pc, struct found_object *found);
unsigned long __isoc23_strtoul(const char *s, char **end, int base);

static int look(struct dl_phdr_info *object, size_t size, void *arg)
{
	struct search *s = arg;
	const ElfW(Phdr) *code = NULL, *table = NULL;

	(void)size;
	for (int i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *p = &object->dlpi_phdr[i];
		uintptr_t start = object->dlpi_addr + p->p_vaddr;

		if (p->p_type == PT_LOAD && s->pc >= start &&
		    s->pc - start < p->p_memsz)
			code = p;
		if (p->p_type == PT_GNU_EH_FRAME)
			table = p;
	}
	if (code == NULL || table == NULL)
		return 0;
	*s->found = (struct found_object){
	    .map_start = (void *)(object->dlpi_addr + code->p_vaddr),
	    .map_end =
		(void *)(object->dlpi_addr + code->p_vaddr + code->p_memsz),
	    .eh_frame = (void *)(object->dlpi_addr + table->p_vaddr)};
	return 1;
}

int _dl_find_object(void *pc, struct found_object *found)
{
	struct search s = {(uintptr_t)pc, found};

	return dl_iterate_phdr(look, &s) ? 0 : -1;
}

unsigned long __isoc23_strtoul(const char *s, char **end, int base)
{
	return strtoul(s, end, base);
}

#endif
