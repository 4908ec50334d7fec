package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/prose"
)

// storyIndent is the width of the labels.
const storyIndent = 15

// story says what the change was, who notices it, and what to do.
func (b *explainWriter) story() {
	c, e := b.cell, b.cell.Explanation
	if e == nil {
		b.part("Why", c.Detail)
		if c.Verdict != replay.Unjudged && c.Detail == "" {
			b.part("Why", "Nothing was replayed that could be laid side by side.")
		}
		b.observed()
		b.noted()
		return
	}
	if c.Verdict == replay.NotApplicable {
		b.part("Why", c.Detail)
	}
	what := cmp.Or(e.What, c.Detail)
	if c.Verdict == replay.Safe {
		b.part("Result", cmp.Or(what, "The code does what the history says."))
	} else {
		if c.Verdict == replay.Unstable {
			b.part("What differs", what)
		} else {
			b.part("What changed", what)
		}
		b.part("Who notices", noticeText(e.Notice))
	}
	b.observed()
	if park := parkText(c.Result); park != "" && c.Verdict.Incompatible() {
		b.part("Where it waits", "At each point at which such an execution can wait: "+park+".")
	}
	b.part("What to do", e.Do)
	b.code(e.Code)
	b.noted()
	for _, note := range e.Notes {
		b.part("Note", note)
	}
	b.allowedList()
	if c.Err != nil {
		b.part("The SDK says", b.sdkText(prose.FirstLine(c.Err.Error())))
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

// noticeText is what a live worker does: see docs/live.md.
func noticeText(n replay.Notice) string {
	switch n {
	case replay.NoticedAtOnce:
		return "A live Worker, at once: it fails the Workflow Task that gets to this place, again and again, " +
			"and the execution is stuck until fitting code comes."
	case replay.NoticedUnlessClosing:
		return "A live Worker, but only in a Workflow Task that leaves the execution open: it fails that task, again and " +
			"again, and the execution is stuck until fitting code comes. The Workflow Task that closes the execution is not " +
			"checked: it closes, perhaps with a wrong result, and no error is logged."
	case replay.NeverNoticed:
		return "No live Worker, ever: the SDK does not compare this. What the history holds stays as it was, what comes after " +
			"it follows the new code, and no error is logged."
	case replay.ClosesUnnoticed:
		return "Nobody: in its next Workflow Task the execution closes, and no error is logged. If an event arrives " +
			"during that task, the service has it tried again with the event."
	case replay.FailsExecution:
		return "Whoever looks at the execution: its next Workflow Task fails it, for good."
	case replay.WaitsUnnoticed:
		return "Nobody: the SDK drops the signal, and the execution waits for what has come already. There is a line in the " +
			"Worker's log."
	case replay.LeftUnnoticed:
		return "Nobody: the signal stays where it is. Code that comes to receive it later gets it; what waits for another " +
			"one in its place waits for ever."
	case replay.ErrorInCode:
		return "The code alone: it gets an error where there was a value. No Workflow Task fails for that."
	case replay.NoticedByChance:
		return "A live Worker, whenever it replays the execution and the code happens to do something else than before, if the SDK " +
			"compares that. On the Worker that keeps it in its cache all goes well for as long as it stays there."
	}
	return ""
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
