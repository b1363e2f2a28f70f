/* SPDX-License-Identifier: MIT
 *
 * label.c: recognizes labels by lists of phrases. Words that may as well be
 * the heading of a chapter ("News", "Related", "Discussion", "Replies") are in
 * none. */
#include "score/label.h"

#include <string.h>

#include "base/utf8.h"

#define P(phrase)                                                              \
	{                                                                      \
		phrase, sizeof(phrase) - 1                                     \
	}
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* What several comments are called. */
static const struct str many[] = {
    P("comments"), P("responses"), P("reactions"), P("reader comments"),
    P("user comments"),
    /* Arabic, Hebrew, Persian */
    P("تعليقات"), P("التعليقات"), P("תגובות"), P("نظرات"), P("دیدگاه ها"),
    /* Chinese, Japanese, Korean */
    P("评论"), P("評論"), P("条评论"), P("條評論"), P("网友评论"),
    P("網友評論"), P("網友留言"), P("コメント"), P("件のコメント"), P("댓글"),
    P("개의 댓글"),
    /* Croatian, Serbian, Slovenian, Bulgarian */
    P("komentari"), P("komentara"), P("komentarji"), P("коментари"),
    P("коментара"),
    /* Czech, Slovak, Polish */
    P("komentáře"), P("komentářů"), P("komentáre"), P("komentárov"),
    P("komentarze"), P("komentarzy"), P("opinie"), P("opinii"),
    /* Danish, Norwegian, Swedish, Finnish */
    P("kommentarer"), P("kommentit"), P("kommenttia"),
    /* Dutch, German */
    P("reacties"), P("kommentare"),
    /* French, Italian, Portuguese, Romanian, Spanish, Catalan */
    P("commentaires"), P("commenti"), P("comentários"), P("comentarii"),
    P("comentarios"), P("comentaris"),
    /* Greek, Hungarian, Turkish */
    P("σχόλια"), P("hozzászólások"), P("yorumlar"),
    /* Hindi, Bengali, Thai */
    P("टिप्पणियाँ"), P("टिप्पणियां"), P("মন্তব্য"), P("ความคิดเห็น"),
    /* Indonesian, Vietnamese */
    P("komentar"), P("bình luận"),
    /* Russian, Ukrainian */
    P("комментарии"), P("комментариев"), P("коментарі"), P("коментарів")};

/* And one, or some of a number, where a number says so. */
static const struct str one[] = {
    P("comment"),   P("response"),    P("reaction"),	P("thought"),
    P("thoughts"),  P("comentario"),  P("comentário"),	P("commentaire"),
    P("commento"),  P("comentariu"),  P("comentari"),	P("kommentar"),
    P("kommentti"), P("reactie"),     P("komentarz"),	P("komentář"),
    P("komentár"),  P("коментар"),    P("комментарий"), P("комментария"),
    P("yorum"),	    P("hozzászólás"), P("σχόλιο"),	P("टिप्पणी")};

/* Numbers, once digits are one 0. */
static const struct str numbers[] = {P("0"),	 P("no"),   P("one"), P("two"),
				     P("three"), P("four"), P("five")};

/* What may come before those. */
static const struct str leads[] = {
    P("all"),	  P("read"), P("view"),	 P("see"),    P("show"),
    P("the"),	  P("your"), P("user"),	 P("reader"), P("readers"),
    P("visitor"), P("alle"), P("ihre"),	 P("die"),    P("les"),
    P("vos"),	  P("tous"), P("los"),	 P("tus"),    P("os"),
    P("i"),	  P("gli"),  P("wasze"), P("все"),    P("ваши")};

/* What follows a number in the East. */
static const struct str counters[] = {P("件"), P("个"), P("個"),
				      P("条"), P("條"), P("개")};

/* What may come after, to lead to a form. */
static const struct str tails[] = {P("add a comment"), P("leave a comment"),
				   P("post a comment"), P("write a comment"),
				   P("add comment")};

/* Between a number of comments and what they are about. */
static const struct str about[] = {P("to"), P("on"), P("so far"),
				   P("read them below")};
static const struct str about_what[] = {
    P("comment"),  P("comments"),  P("response"), P("responses"),
    P("reaction"), P("reactions"), P("thought"),  P("thoughts")};

/* Other texts than this one. */
static const struct str others[] = {
    P("related articles"), P("related article"), P("related stories"),
    P("related story"), P("related posts"), P("related post"),
    P("related news"), P("related content"), P("related topics"),
    P("related links"), P("related reading"), P("related coverage"),
    P("related videos"), P("you may also like"), P("you might also like"),
    P("you may also be interested in"), P("you might be interested in"),
    P("you might also be interested in"), P("more stories"), P("more news"),
    P("more articles"), P("more on this story"), P("more on this topic"),
    P("more on this"), P("more like this"), P("latest news"),
    P("latest articles"), P("latest posts"), P("latest stories"),
    P("recent posts"), P("recent articles"), P("recent news"),
    P("recent stories"), P("recommended for you"), P("recommended reading"),
    P("recommended stories"), P("recommended articles"), P("most read"),
    P("most viewed"), P("most shared"), P("popular posts"),
    P("popular articles"), P("trending now"), P("top stories"), P("top news"),
    P("editors picks"), P("editors pick"), P("also read"), P("read next"),
    P("up next"), P("what to read next"), P("dont miss"), P("around the web"),
    P("from around the web"), P("from the web"), P("from our partners"),
    P("other news"), P("other stories"), P("other articles"),
    P("similar articles"), P("similar posts"), P("similar stories"),
    P("in other news"), P("about the author"), P("about the authors"),
    /* Chinese, Japanese, Korean */
    P("相关阅读"), P("相关新闻"), P("相关文章"), P("相关推荐"), P("推荐阅读"),
    P("延伸阅读"), P("延伸閱讀"), P("推薦閱讀"), P("相關新聞"), P("相關文章"),
    P("其他人也在看"), P("你可能還想看"), P("你可能还想看"), P("猜你喜欢"),
    P("热门推荐"), P("热点推荐"), P("最新文章"), P("更多新闻"), P("関連記事"),
    P("おすすめ記事"), P("人気記事"), P("最新記事"), P("あわせて読みたい"),
    P("関連ニュース"), P("관련기사"), P("관련 기사"), P("인기기사"),
    P("추천기사"), P("많이 본 뉴스"),
    /* Czech, Hungarian, Polish, Romanian */
    P("související články"), P("nejčtenější"), P("kapcsolódó cikkek"),
    P("zobacz także"), P("zobacz też"), P("czytaj także"), P("czytaj też"),
    P("najnowsze artykuły"), P("najczęściej czytane"), P("podobne artykuły"),
    P("powiązane artykuły"), P("warto przeczytać"), P("articole similare"),
    /* Danish, Norwegian, Swedish, Finnish, Dutch */
    P("læs også"), P("les også"), P("läs också"), P("läs även"),
    P("mest lästa"), P("lue myös"), P("lees ook"), P("meest gelezen"),
    P("gerelateerde artikelen"),
    /* German */
    P("mehr zum thema"), P("das könnte sie auch interessieren"),
    P("das könnte dich auch interessieren"), P("ähnliche artikel"),
    P("ähnliche beiträge"), P("neueste artikel"), P("neueste beiträge"),
    P("letzte beiträge"), P("aktuelle nachrichten"), P("meistgelesen"),
    P("meistgelesene artikel"), P("verwandte artikel"), P("verwandte themen"),
    P("weitere artikel"), P("weitere nachrichten"), P("auch interessant"),
    P("lesen sie auch"),
    /* French, Italian, Portuguese, Spanish */
    P("à lire aussi"), P("articles similaires"), P("articles liés"),
    P("sur le même sujet"), P("les plus lus"), P("derniers articles"),
    P("dernières nouvelles"), P("articles récents"), P("à ne pas manquer"),
    P("vous aimerez aussi"), P("articoli correlati"),
    P("potrebbe interessarti"), P("potrebbero interessarti"),
    P("ultime notizie"), P("i più letti"), P("leggi anche"),
    P("articoli recenti"), P("notícias relacionadas"),
    P("artigos relacionados"), P("leia também"), P("veja também"),
    P("mais lidas"), P("últimas notícias"), P("mais notícias"),
    P("noticias relacionadas"), P("artículos relacionados"),
    P("te puede interesar"), P("también te puede interesar"), P("lo más leído"),
    P("lo más visto"), P("últimas noticias"), P("más noticias"),
    P("entradas recientes"),
    /* Greek, Turkish */
    P("τελευταία νέα"), P("διαβάστε επίσης"), P("διαβάστε ακόμα"),
    P("σχετικά άρθρα"), P("δημοφιλή"), P("περισσότερα νέα"),
    P("τελευταία άρθρα"), P("ilgili haberler"), P("benzer haberler"),
    P("son haberler"), P("çok okunanlar"),
    /* Indonesian, Vietnamese */
    P("baca juga"), P("berita terkait"), P("terpopuler"), P("xem thêm"),
    P("tin liên quan"),
    /* Russian, Ukrainian */
    P("читайте также"), P("новости по теме"), P("материалы по теме"),
    P("ссылки по теме"), P("статьи по теме"), P("по теме"), P("похожие статьи"),
    P("похожие новости"), P("последние новости"), P("популярные новости"),
    P("другие новости"), P("новости партнеров"), P("главные новости"),
    P("самое читаемое"), P("читайте також"), P("схожі новини"),
    P("останні новини"), P("новини по темі")};

enum { NAME_WORDS = 3 };

/* The same, with a name behind. */
static const struct str others_of[] = {
    P("more from"),	 P("also on"),	   P("also in"),    P("related on"),
    P("other posts by"), P("latest from"), P("popular on"), P("podobne do")};

/* Letters in lower case, a number as 0, what is between as one space. */
struct reading {
	char text[LABEL_BYTES + 8];
	size_t len;
};

static bool is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019;
}

static void read_text(struct str text, struct reading *r)
{
	enum { SPACE, NUMBER, LETTER } before = SPACE, now;

	r->len = 0;
	for (size_t at = 0; at < text.len && r->len + 5 < LABEL_BYTES;) {
		uint32_t c = (unsigned char)text.data[at], low;

		if (c < 0x80) {
			at++;
			low = (unsigned char)ascii_word[c];
			now = low == 0		       ? SPACE
			      : ascii_digit((char)low) ? NUMBER
						       : LETTER;
		} else {
			at += utf8_decode(text.data + at, text.len - at, &c);
			low = utf8_lower(c);
			now = utf8_is_wide_word(c) ? LETTER : SPACE;
		}
		if (is_apostrophe(c))
			continue;
		if (now != before && now != SPACE && r->len > 0)
			r->text[r->len++] = ' ';
		if (now == LETTER && low < 0x80)
			r->text[r->len++] = (char)low;
		else if (now == LETTER)
			r->len += utf8_put(low, r->text + r->len);
		else if (now == NUMBER && before != NUMBER)
			r->text[r->len++] = '0';
		before = now;
	}
}

static bool is_in(struct str s, const struct str *list, size_t count)
{
	if (s.len == 0)
		return false;
	for (size_t i = 0; i < count; i++)
		if (list[i].len == s.len && list[i].data[0] == s.data[0] &&
		    memcmp(list[i].data, s.data, s.len) == 0)
			return true;
	return false;
}

/* Take one of some phrases off the front of a reading: true if it was there,
 * and whole words are left. */
static bool take(struct str *s, const struct str *list, size_t count)
{
	if (s->len == 0)
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t n = list[i].len;

		if (n > s->len || list[i].data[0] != s->data[0] ||
		    memcmp(list[i].data, s->data, n) != 0 ||
		    (n < s->len && s->data[n] != ' '))
			continue;
		n += n < s->len;
		*s = (struct str){s->data + n, s->len - n};
		return true;
	}
	return false;
}

/* What leads to a form, off the end. */
static void drop_tail(struct str *s)
{
	for (size_t i = 0; i < COUNT(tails); i++) {
		size_t n = tails[i].len;

		if (n < s->len && s->data[s->len - n - 1] == ' ' &&
		    memcmp(tails[i].data, s->data + s->len - n, n) == 0) {
			s->len -= n + 1;
			return;
		}
	}
}

/* Numbers, and what counts, off the end. */
static void drop_numbers(struct str *s)
{
	while (s->len > 2) {
		size_t space = s->len - 1;
		struct str last;

		while (space > 0 && s->data[space] != ' ')
			space--;
		last = (struct str){s->data + space + 1, s->len - space - 1};
		if (space == 0 || !(is_in(last, numbers, 1) ||
				    is_in(last, counters, COUNT(counters))))
			return;
		s->len = space;
	}
}

static bool are_comments(struct str s)
{
	bool counted = false;
	struct str rest;

	while (take(&s, leads, COUNT(leads)))
		;
	while (take(&s, numbers, COUNT(numbers)))
		counted = true;
	rest = s;
	if (counted && take(&rest, about_what, COUNT(about_what)) &&
	    take(&rest, about, COUNT(about)))
		return true;
	drop_tail(&s);
	drop_numbers(&s);
	return is_in(s, many, COUNT(many)) ||
	       (counted && is_in(s, one, COUNT(one)));
}

/* What a site or a series is called is short. */
static bool is_name(struct str s)
{
	unsigned words = 1;

	for (size_t i = 0; i < s.len; i++)
		words += s.data[i] == ' ';
	return s.len > 0 && words <= NAME_WORDS;
}

/* Marks with which a label hardly begins or ends: it is a part of a menu, or a
 * question. */
static bool has_other_marks(struct str text)
{
	return strchr("|/,?", text.data[0]) != NULL ||
	       strchr("|/,?", text.data[text.len - 1]) != NULL;
}

static bool read_label(struct str text, struct reading *r)
{
	if (text.len == 0 || text.len >= LABEL_BYTES || has_other_marks(text))
		return false;
	read_text(text, r);
	return r->len > 0;
}

bool label_is_comments(struct str text)
{
	struct reading r;

	return read_label(text, &r) &&
	       are_comments((struct str){r.text, r.len});
}

bool label_is_others(struct str text)
{
	struct reading r;
	struct str s;

	if (!read_label(text, &r))
		return false;
	s = (struct str){r.text, r.len};
	return is_in(s, others, COUNT(others)) ||
	       (take(&s, others_of, COUNT(others_of)) && is_name(s));
}
