package prose

import (
	"fmt"
	"regexp"
	"strings"
)

// markdownSigns are the signs that mean something to Markdown, in HTML or in a table,
// as entities: those are text wherever they stand.
var markdownSigns = func() *strings.Replacer {
	var pairs []string
	for _, sign := range "&<>`*_[]|~\\" {
		pairs = append(pairs, string(sign), fmt.Sprintf("&#%d;", sign))
	}
	return strings.NewReplacer(pairs...)
}()

// mentions are the texts that GitHub makes a mention or a reference of, which tells
// somebody who has nothing to do with it.
var mentions = regexp.MustCompile(`[@#][0-9A-Za-z]`)

// Markdown returns the text as one line of Markdown that shows exactly the text. In HTML the line
// shows the same.
func Markdown(text string) string {
	text = markdownSigns.Replace(mentions.ReplaceAllStringFunc(Plain(text),
		func(s string) string { return s[:1] + "\u200b" + s[1:] }))
	text = strings.ReplaceAll(text, "\u200b", "&#8203;")
	// Mathematics, which an entity does not prevent.
	text = strings.ReplaceAll(text, "$", "<span>$</span>")
	if blockStart.MatchString(text) {
		text = "&#8203;" + text
	}
	return text
}

// blockStart is what begins a heading, a list, a rule or the like in a line.
var blockStart = regexp.MustCompile(`^([#+=-]|[0-9]+[.)])`)

// simpleCode is what can stand between backticks anywhere, in a table too.
var simpleCode = regexp.MustCompile(`^[0-9A-Za-z./+@:,=(){}%?! -]*[0-9A-Za-z./+@:,=(){}%?!-]$`)

// Code returns the text as a code span of Markdown. The span also works in a table.
func Code(text string) string {
	text = Plain(text)
	if simpleCode.MatchString(text) && !strings.HasPrefix(text, " ") {
		return "`" + text + "`"
	}
	return HTMLCode(text)
}

// HTMLCode returns the text as code, as an HTML element. The element works where Markdown is read
// and where Markdown is not read.
func HTMLCode(text string) string {
	return "<code>" + markdownSigns.Replace(Plain(text)) + "</code>"
}

// Fenced returns a code block of the language. The text can hold anything, also fences.
func Fenced(language, text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + language + "\n" + strings.TrimRight(text, "\n") + "\n" + fence + "\n"
}

// Details returns a block that opens when somebody clicks on its summary. The summary is HTML.
func Details(summary, body string) string {
	return "<details><summary>" + summary + "</summary>\n\n" + strings.TrimRight(body, "\n") + "\n\n</details>\n\n"
}
