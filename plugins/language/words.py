"""The theme's own words, in each language that it knows."""

from collections.abc import Mapping

FALLBACK = "en"

# For each language: what every page shows, the page that is missing, lists of articles. A test checks that none lacks a
# word.
WORDS = {
    "en": {
        "skip": "Skip to content", "pages": "Pages", "home": "Home",
        "author": "About the author", "links": "Links in the text", "task": "Task",
        "missing": "Page not found", "missing_text": "There is nothing at this address.",
        "missing_way": "Go to the home page",
        "articles": "Articles", "archive": "Archive", "authors": "Authors", "categories": "Categories",
        "tags": "Tags", "newer": "Newer", "older": "Older",
    },
    "zh": {
        "skip": "跳到正文", "pages": "页面", "home": "首页",
        "author": "关于作者", "links": "文中链接", "task": "任务",
        "missing": "找不到页面", "missing_text": "此地址没有内容。",
        "missing_way": "前往首页",
        "articles": "文章", "archive": "归档", "authors": "作者", "categories": "分类",
        "tags": "标签", "newer": "较新", "older": "较旧",
    },
    "zh-hant": {
        "skip": "跳至正文", "pages": "頁面", "home": "首頁",
        "author": "關於作者", "links": "文中連結", "task": "任務",
        "missing": "找不到頁面", "missing_text": "此網址沒有內容。",
        "missing_way": "前往首頁",
        "articles": "文章", "archive": "彙整", "authors": "作者", "categories": "分類",
        "tags": "標籤", "newer": "較新", "older": "較舊",
    },
    "ja": {
        "skip": "本文へ移動", "pages": "ページ", "home": "ホーム",
        "author": "著者について", "links": "本文中のリンク", "task": "タスク",
        "missing": "ページが見つかりません", "missing_text": "このアドレスには何もありません。",
        "missing_way": "ホームページへ",
        "articles": "記事", "archive": "アーカイブ", "authors": "著者", "categories": "カテゴリー",
        "tags": "タグ", "newer": "新しい記事", "older": "古い記事",
    },
    "ko": {
        "skip": "본문으로 건너뛰기", "pages": "페이지", "home": "홈",
        "author": "저자 소개", "links": "본문의 링크", "task": "할 일",
        "missing": "페이지를 찾을 수 없습니다", "missing_text": "이 주소에는 아무것도 없습니다.",
        "missing_way": "홈페이지로 이동",
        "articles": "글", "archive": "보관함", "authors": "저자", "categories": "분류",
        "tags": "태그", "newer": "더 최근 글", "older": "더 오래된 글",
    },
    "de": {
        "skip": "Zum Inhalt springen", "pages": "Seiten", "home": "Startseite",
        "author": "Zur Person", "links": "Links im Text", "task": "Aufgabe",
        "missing": "Seite nicht gefunden", "missing_text": "Unter dieser Adresse ist nichts zu finden.",
        "missing_way": "Zur Startseite",
        "articles": "Artikel", "archive": "Archiv", "authors": "Autoren", "categories": "Kategorien",
        "tags": "Schlagwörter", "newer": "Neuere", "older": "Ältere",
    },
    "fr": {
        "skip": "Aller au contenu", "pages": "Pages", "home": "Accueil",
        "author": "À propos de l’auteur", "links": "Liens du texte", "task": "Tâche",
        "missing": "Page introuvable", "missing_text": "Il n’y a rien à cette adresse.",
        "missing_way": "Aller à la page d’accueil",
        "articles": "Articles", "archive": "Archives", "authors": "Auteurs", "categories": "Catégories",
        "tags": "Mots-clés", "newer": "Plus récents", "older": "Plus anciens",
    },
    "es": {
        "skip": "Ir al contenido", "pages": "Páginas", "home": "Inicio",
        "author": "Sobre el autor", "links": "Enlaces del texto", "task": "Tarea",
        "missing": "Página no encontrada", "missing_text": "No hay nada en esta dirección.",
        "missing_way": "Ir a la página de inicio",
        "articles": "Artículos", "archive": "Archivo", "authors": "Autores", "categories": "Categorías",
        "tags": "Etiquetas", "newer": "Más recientes", "older": "Más antiguos",
    },
    "pt": {
        "skip": "Ir para o conteúdo", "pages": "Páginas", "home": "Início",
        "author": "Sobre o autor", "links": "Ligações no texto", "task": "Tarefa",
        "missing": "Página não encontrada", "missing_text": "Não há nada neste endereço.",
        "missing_way": "Ir para a página inicial",
        "articles": "Artigos", "archive": "Arquivo", "authors": "Autores", "categories": "Categorias",
        "tags": "Etiquetas", "newer": "Mais recentes", "older": "Mais antigos",
    },
    "ar": {
        "skip": "انتقل إلى المحتوى", "pages": "الصفحات", "home": "الرئيسية",
        "author": "عن الكاتب", "links": "روابط النص", "task": "مهمة",
        "missing": "الصفحة غير موجودة", "missing_text": "لا يوجد شيء في هذا العنوان.",
        "missing_way": "انتقل إلى الصفحة الرئيسية",
        "articles": "المقالات", "archive": "الأرشيف", "authors": "الكتّاب", "categories": "التصنيفات",
        "tags": "الوسوم", "newer": "الأحدث", "older": "الأقدم",
    },
}  # fmt: skip

_HANT = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def words(lang: str) -> Mapping[str, str]:
    """Return the theme's words in a language (BCP 47), in English if it has no row."""
    tag = lang.lower().replace("_", "-")
    if tag.startswith(_HANT):
        return WORDS["zh-hant"]
    return WORDS.get(tag.partition("-")[0], WORDS[FALLBACK])
