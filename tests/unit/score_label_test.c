/* SPDX-License-Identifier: MIT
 *
 * score_label_test.c: which short texts announce comments, or other texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "score/label.h"

static void check(const char *text, bool comments, bool others)
{
	struct str s = {text, strlen(text)};

	if (label_is_comments(s) != comments)
		fail_msg("\"%s\": comments, %d", text, !comments);
	if (label_is_others(s) != others)
		fail_msg("\"%s\": others, %d", text, !others);
}

static void check_all(const char *const *texts, size_t count, bool comments,
		      bool others)
{
	for (size_t i = 0; i < count; i++)
		check(texts[i], comments, others);
}

#define CHECK_ALL(texts, comments, others)                                     \
	check_all(texts, sizeof(texts) / sizeof((texts)[0]), comments, others)

static void test_comments(void **state)
{
	static const char *const texts[] = {
	    "Comments",
	    "COMMENTS:",
	    "Comments (7)",
	    "Comments: 1,103",
	    "No comments:",
	    "0 Comments",
	    "One comment",
	    "12 Responses",
	    "Read all 5 comments",
	    "View comments (3)",
	    "Comments (9) Add A Comment",
	    "46 Comments on \xe2\x80\x9cWho pays for the bridge?\xe2\x80\x9d",
	    "3 thoughts on Winter on the mole",
	    "{ 2 comments\xe2\x80\xa6 read them below or add one }",
	    "Kommentare",
	    "2 Kommentare",
	    "1 Kommentar",
	    "Alle Kommentare",
	    "Les commentaires (4)",
	    "Komentarze (813)",
	    "Opinie (46)",
	    "Комментарии",
	    "5 комментариев",
	    "Комментариев: 5",
	    "Σχόλια (2)",
	    "评论",
	    "评论(3)",
	    "3条评论",
	    "コメント 3件",
	    "댓글 12개",
	    "תגובות",
	    "تعليقات (8)",
	    "Yorumlar"};
	static const char *const none[] = {
	    "Comment",
	    "Replies",
	    "12 Replies",
	    "Discussion",
	    "Add a comment",
	    "comments |",
	    "| Comments",
	    "Comments?",
	    "Comments on the draft are due in May",
	    "The comments of the mayor",
	    "Our readers comment",
	    "Commentary",
	    "Kommentarer til loven",
	    "3 answers",
	    "No",
	    "Responses to floods in the valley"};

	(void)state;
	CHECK_ALL(texts, true, false);
	CHECK_ALL(none, false, false);
}

static void test_others(void **state)
{
	static const char *const texts[] = {
	    "Related Posts",
	    "RELATED POSTS:",
	    "You may also like\xe2\x80\xa6",
	    "Editor\xe2\x80\x99s Picks",
	    "Editors' picks",
	    "Don't miss",
	    "More from The Courier",
	    "Also on Lindholt Radio:",
	    "Das k\xc3\xb6nnte Sie auch interessieren",
	    "Zobacz te\xc5\xbc:",
	    "Читайте также",
	    "Τελευταία Νέα",
	    "Διαβάστε επίσης",
	    "相关阅读",
	    "相關新聞",
	    "関連記事",
	    "관련기사",
	    "À lire aussi",
	    "Noticias relacionadas",
	    "Leia também",
	    "Leggi anche"};
	static const char *const none[] = {
	    "Related",
	    "News",
	    "Latest",
	    "Popular",
	    "Recommended",
	    "More from",
	    "Related work",
	    "Related posts in the navy were cut",
	    "More from Cornell on climate change and gardening:",
	    "Sponsored links",
	    "See also",
	    "Recommended for you, Anna"};

	(void)state;
	CHECK_ALL(texts, false, true);
	CHECK_ALL(none, false, false);
}

/* Any bytes, of any length: nothing is read or written outside. */
static void test_any_bytes(void **state)
{
	static const char bytes[] = "0 a\xe4\xb8\xad\xd0\x96',\xf0";
	char text[2 * LABEL_BYTES];
	uint32_t seed = 1;

	(void)state;
	check("", false, false);
	for (unsigned round = 0; round < 20000; round++) {
		size_t len = 1 + round % (sizeof(text) - 1);

		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525u + 1013904223u;
			text[i] = bytes[(seed >> 16) % (sizeof(bytes) - 1)];
		}
		assert_false(label_is_comments((struct str){text, len}));
		assert_false(label_is_others((struct str){text, len}));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_comments),
	    cmocka_unit_test(test_others),
	    cmocka_unit_test(test_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
