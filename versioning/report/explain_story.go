package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// storyIndent is the width of the labels.
const storyIndent = 15

// story says what the change was, who notices it, and what to do.
func (b *explainWriter) story() {
	c, e := b.cell, b.cell.Explanation
	if e == nil {
		b.part("Why", advice.Line(c.Result))
		if c.Verdict != replay.Unjudged && advice.Line(c.Result) == "" {
			b.part("Why", "Nothing was replayed that could be laid side by side.")
		}
		b.observed()
		b.noted()
		return
	}
	if c.Verdict == replay.NotApplicable {
		b.part("Why", advice.Line(c.Result))
	}
	says := advice.Explain(c.Result)
	what := cmp.Or(says.What, advice.Line(c.Result))
	if c.Verdict == replay.Safe {
		b.part("Result", cmp.Or(what, "The code does what the history says."))
	} else {
		if c.Verdict == replay.Unstable {
			b.part("What differs", what)
		} else {
			b.part("What changed", what)
		}
		b.part("Who notices", says.Notices)
	}
	b.observed()
	if park := parkText(c.Result); park != "" && c.Verdict.Incompatible() {
		b.part("Where it waits", "At each point at which such an execution can wait: "+park+".")
	}
	b.part("What to do", says.Do)
	b.code(says.Code)
	b.noted()
	for _, note := range says.Notes {
		b.part("Note", note)
	}
	b.allowedList()
	if err := cmp.Or(c.SDKErr, c.Err); err != nil {
		b.part("The SDK says", b.sdkText(prose.FirstLine(err.Error())))
	}
}

// noted says what was seen beside the verdict, findings first.
func (b *explainWriter) noted() {
	list := notedOf(b.cell.Notes)
	slices.SortStableFunc(list, func(a, b noted) int { return cmp.Compare(a.label(), b.label()) })
	for i, n := range list {
		if i == mostDifferences && !b.opts.All {
			b.part("", fmt.Sprintf("… and %s more", prose.Plural(len(list)-i, "note")))
			return
		}
		b.part(n.label(), n.String())
	}
}

// part writes a label and a paragraph, if there is one.
func (b *explainWriter) part(label, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if b.tell != nil {
		b.tell(label, text)
		return
	}
	padding := strings.Repeat(" ", max(1, storyIndent-len(label)))
	b.printf("%s%s%s\n", b.bold(label), padding, prose.Wrap(prose.Plain(text), Width, storyIndent))
}

// observed says what live workers did in this very cell.
func (b *explainWriter) observed() {
	for i, o := range b.opts.Live {
		label := ""
		if i == 0 {
			label = "Observed live"
		}
		task := "In a Workflow Task that leaves it open: "
		if o.Task == history.ClosingTask {
			task = "In the Workflow Task that closes it: "
		}
		b.part(label, task+o.String()+".")
	}
}

// code writes Go code as a block. Its lines are to be copied and stay whole; a
// comment that makes one too long goes above it.
func (b *explainWriter) code(code string) {
	if strings.TrimSpace(code) == "" {
		return
	}
	if b.show != nil {
		b.show(code)
		return
	}
	b.printf("\n")
	for line := range strings.Lines(strings.Trim(code, "\n")) {
		line = strings.TrimRight(line, " \r\n")
		text := prose.Plain(strings.TrimLeft(line, "\t"))
		if text == "" {
			b.printf("\n")
			continue
		}
		indent := strings.Repeat("    ", 1+len(line)-len(strings.TrimLeft(line, "\t")))
		if statement, comment, found := strings.Cut(text, " // "); found && utf8.RuneCountInString(indent+text) > Width {
			comment = strings.ReplaceAll(comment, " // ", ", ")
			b.printf("%s// %s\n", indent, wrapComment(comment, indent+"// "))
			text = statement
		}
		b.printf("%s%s\n", indent, text)
	}
	b.printf("\n")
}

func wrapComment(text, indent string) string {
	width := Width - utf8.RuneCountInString(indent)
	return strings.Join(prose.Lines(text, width, width), "\n"+indent)
}

// allowedList names the differences that a rule allows, with its reason.
func (b *explainWriter) allowedList() {
	for i, a := range b.cell.Allowed {
		if i == mostDifferences && !b.opts.All {
			b.part("", fmt.Sprintf("… and %s more", prose.Plural(len(b.cell.Allowed)-i, "allowed difference")))
			return
		}
		label := ""
		if i == 0 {
			label = "Allowed"
		}
		b.part(label, fmt.Sprintf("%s, by the rule %s: %s", a.Path, a.Rule, a.Rule.Reason))
	}
}

// sdkText is the beginning of what the SDK says, by which it is found in a log: the
// rest repeats events and commands in full.
func (b *explainWriter) sdkText(text string) string {
	text = strings.Join(strings.Fields(text), " ") // the protobuf library varies its spaces
	const longest = 2 * (Width - storyIndent)
	if runes := []rune(text); len(runes) > longest && !b.opts.All {
		return string(runes[:longest-20]) + "…"
	}
	return text
}
