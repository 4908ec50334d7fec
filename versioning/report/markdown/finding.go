package markdown

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

const (
	// mostMended is the number of findings with code, and with history and code side by side: each of them is
	// one more replay.
	mostMended = 12
	// longestDetail is what a finding says in a line before it is opened, in characters: two or three lines.
	longestDetail = 230
)

// finding adds the finding: its summary is what a reader has to know, its body what helps to mend it.
func (b *writer) finding(rank rank, f *family, found *told.Finding) {
	mended, mending := b.mended < mostMended && mendable(found), report.Mending{}
	if mended {
		b.mended++
		mending = sidebyside.Mend(b.opts, found.CellOf(found.First()))
	}
	do := found.Do(mending)
	summary, cut := findingSummary(found, rank == rankShown && len(b.families) > 1, do)
	head, table := b.findingHead(found, cut), ""
	if mended {
		if do != "" {
			head += "**What to do**: " + prose.Markdown(do) + "\n\n"
		}
		if mending.Code != "" {
			head += prose.Fenced("go", mending.Code) + "\n"
		}
		if mending.SideBySide != "" {
			table = "History and code side by side:\n\n" + prose.Fenced("text", mending.SideBySide) + "\n"
		}
	}
	foot := cellTable(found) + "\n"
	if command := told.ExplainCommand(found.Options, found.First().Cell); command != "" {
		foot += prose.Fenced("sh", command)
	}
	less := ""
	if table != "" {
		less = prose.Details(summary, head+foot)
	}
	b.addOr(rank, f, prose.Details(summary, head+table+foot), less)
}

// mendable reports whether code and a side by side help with the finding.
func mendable(f *told.Finding) bool {
	return !f.Unjudged() && !f.Cause.Otherwise && f.Cause.Note == "" && f.Cause.Live == "" &&
		f.Cause.Verdict.Incompatible()
}

// findingSummary says what breaks how many executions, and below it where, why, and what to do. The detail is cut
// if it is long. The family is named where findings of several stand together. What to do is do, where that is known.
func findingSummary(f *told.Finding, family bool, do string) (summary string, cut bool) {
	symbol := prose.Markdown(f.Cause.Verdict.Info().Symbol)
	switch {
	case f.Cause.Otherwise:
		symbol = "OTHERWISE"
	case f.Cause.Live != "":
		symbol = "LIVE"
	case f.Cause.Note != "":
		symbol = strings.ToUpper(words.Note{Kind: f.Cause.Note}.Label())
	}
	h := f.Headline()
	says := []string{prose.Markdown(h.Before), "<b>" + h.Loud + "</b>", prose.Markdown(h.Rest)}
	if h.Before == "" {
		says = says[1:]
	}
	summary = fmt.Sprintf("<b>%s</b> %s ", symbol, findingIcon(f))
	if family {
		summary += prose.HTMLCode(prose.Shorten(f.Matrix.Family.Name, words.LongestName)) + ": "
	}
	summary += strings.Join(says, " ")
	if about := f.About(); about != "" && !f.Cause.Otherwise {
		summary += " (" + about + ")"
	}
	if lives := f.Executions().Effects(); lives != "" {
		summary += "; live: " + lives
	}
	place := f.Cause.Source
	if file, line := f.Place(); file != "" {
		place = fmt.Sprintf("%s:%d", file, line)
	}
	var where []string
	if place != "" {
		where = append(where, prose.HTMLCode(place))
	}
	if events := eventsText(f); events != "" {
		where = append(where, prose.Markdown(events))
	}
	summary += "<br>" + strings.Join(where, ", ")
	if len(where) > 0 {
		summary += ": "
	}
	if do != "" && !family { // findings of several families have less room
		fault := f.Fault()
		return summary + prose.Markdown(beginning(fault, longestDetail)) + "<br>" +
			prose.Markdown("→ "+beginning(do, max(longestDetail/2, 2*longestDetail-utf8.RuneCountInString(fault)-100))), utf8.RuneCountInString(fault) > longestDetail
	}
	detail := f.Detail()
	if cut = utf8.RuneCountInString(detail) > longestDetail; !cut {
		return summary + prose.Markdown(detail), false
	}
	// What is to be done stands last in the detail, and is said all the same.
	if mendable(f) {
		do = sidebyside.MendingOf(report.Explained{Cell: f.First().Cell}).Do
	}
	if do == "" {
		return summary + prose.Markdown(beginning(detail, longestDetail)), true
	}
	return summary + prose.Markdown(beginning(detail, longestDetail/2)) + "<br>" +
		prose.Markdown("→ "+beginning(do, longestDetail/2)), true
}

// beginning is as much of the text as has so many characters.
func beginning(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return strings.TrimSpace(string(runes[:most])) + "…"
}

// findingIcon is that of the severity: what drifts does not look like what is stuck.
func findingIcon(f *told.Finding) string {
	switch {
	case f.Unjudged():
		return icon(finding.Unknown)
	case f.Severity >= finding.Stuck:
		return icon(finding.Breaks)
	case f.Severity == finding.Changed:
		return icon(finding.Changes)
	default:
		return icon(finding.Doubted)
	}
}

// findingHead is what the summary does not say.
func (b *writer) findingHead(f *told.Finding, cut bool) (text string) {
	if f.Fails() {
		text = "This is what the check fails on.\n\n"
	}
	if cut {
		text += prose.Markdown(f.Detail()) + "\n\n"
	}
	more := told.MoreDifferences(f.First().Cell)
	for _, difference := range more {
		text += "- " + prose.Markdown(difference) + "\n"
	}
	if len(more) > 0 {
		text += "\n"
	}
	return text
}
