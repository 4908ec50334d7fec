package judge

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/internal/against"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// outlook is the first lines of what against prints: what the deploy and the roll
// back do.
type outlook struct {
	// ref is the revision with its commit.
	ref              string
	deploy, rollback question
}

// question is one of both, with what there is to say about the families.
type question struct {
	title string
	says  []sentence
}

// The ranks of sentences.
const (
	rankBreaks = iota + 1
	rankChanges
	rankUnknown
	rankOtherwise
	rankFindings
	rankNews
	rankSafe
	rankNothing
	rankAside
)

// sentence is what is the case for these families.
type sentence struct {
	// rank is low for what the reader must see first.
	rank int
	// text can hold %d, for the sum of the recordings.
	text       string
	recordings int
	families   []string
}

func outlookOf(c *against.Comparison) *outlook {
	a := &outlook{ref: fmt.Sprintf("%s is %s, %s is what is on disk.", c.Ref, c.Commit[:min(len(c.Commit), 12)], against.Here)}
	a.deploy.title = "deploy " + against.Here + " over " + c.Ref
	a.rollback.title = "roll back to " + c.Ref
	for _, f := range c.Families {
		name := f.Matrix.Family.Name
		switch f.Lacks {
		case c.Ref:
			a.deploy.say(rankNothing, c.Ref+" has no replay test of it, and so no recordings", name)
			a.rollback.say(rankUnknown, fmt.Sprintf("cannot tell: %s has no replay test of it", c.Ref), name)
		case against.Here:
			a.deploy.say(rankUnknown, "cannot tell: the work tree has no replay test of it any more", name)
			a.rollback.say(rankNothing, "the work tree has no replay test of it, and so no recordings", name)
		default:
			a.deploy.meet(f.Deploy, c.Ref, "no recording of "+c.Ref+" replays under its code", name)
			a.rollback.meet(f.Rollback, "the work tree", "no recording of an execution that the code of the work tree has run: record one, and run again", name)
		}
		if len(f.Mended) > 0 {
			a.deploy.say(rankNews, fmt.Sprintf("mends %s, which the code of %s does not replay", some(f.Mended), c.Ref), name)
		}
		if len(f.Neither) > 0 {
			a.deploy.say(rankAside, "not counted, since it replays under neither code: "+some(f.Neither), name)
		}
	}
	return a
}

// meet says what becomes of executions.
func (q *question) meet(met []against.Met, whose, none, family string) {
	count := map[string]int{}
	unstarted := 0
	for _, m := range met {
		if !matrix.Proves(m.Cell) {
			unstarted++
			continue
		}
		v := m.Cell.Verdict
		switch {
		case v == replay.Drift:
			count["changes"]++
		case v.Incompatible():
			count["breaks"]++
		case v == replay.Unjudged:
			count["unjudged"]++
		case v == replay.NotApplicable:
			count["pinned"]++
		case len(m.Row.Changes(m.Cell)) > 0:
			count["otherwise"]++
		case len(m.Cell.Findings()) > 0:
			count["findings"]++
		default:
			count["safe"]++
		}
	}
	all := len(met) - unstarted
	of := fmt.Sprintf(" of the %d recordings of %s", all, whose)
	if all == 1 {
		of = " recording of " + whose + ", the only one,"
	}
	var parts []string
	rank := rankSafe
	part := func(key string, at int, format string) {
		switch {
		case count[key] == all && all > 1:
			parts, rank = append(parts, strings.Replace(fmt.Sprintf(format, all, " recordings of "+whose), strconv.Itoa(all), fmt.Sprintf("all %d", all), 1)), at
		case count[key] > 0:
			parts = append(parts, fmt.Sprintf(format, count[key], of))
			rank, of = min(rank, at), ""
		}
	}
	part("breaks", rankBreaks, "BREAKS %d%s")
	part("changes", rankChanges, "CHANGES what executions do in %d%s")
	part("unjudged", rankUnknown, "cannot tell for %d%s")
	part("otherwise", rankOtherwise, "replays and ANSWERS OTHERWISE for %d%s")
	part("findings", rankFindings, "replays with FINDINGS for %d%s")
	part("pinned", rankNews, "leaves %d%s to Workers that must keep running")
	switch {
	case all == 0 && unstarted > 0:
		q.say(rankUnknown, fmt.Sprintf("cannot tell: of no recording of %s (%d) a Workflow Task has completed", whose, unstarted), family)
	case all == 0:
		q.say(rankUnknown, "cannot tell: "+none, family)
	case len(parts) == 0:
		q.sum(rankSafe, "safe for all recordings of "+strings.ReplaceAll(whose, "%", "%%")+" (%d)", all, family)
	default:
		part("safe", rankSafe, "safe for %d%s")
		q.say(rank, strings.TrimSuffix(strings.Join(parts, "; "), ","), family)
	}
	if all > 0 && unstarted > 0 {
		q.say(rankAside, fmt.Sprintf("not counted, since no Workflow Task of them had completed: %d of the recordings of %s", unstarted, whose), family)
	}
}

func (q *question) say(rank int, text, family string) {
	q.sum(rank, strings.ReplaceAll(text, "%", "%%"), 0, family)
}

// sum adds the recordings of a family to those of the others that are in the same case.
func (q *question) sum(rank int, text string, recordings int, family string) {
	i := slices.IndexFunc(q.says, func(s sentence) bool { return s.text == text })
	if i < 0 {
		i = len(q.says)
		q.says = append(q.says, sentence{rank: rank, text: text})
	}
	q.says[i].recordings += recordings
	q.says[i].families = append(q.says[i].families, family)
}

func (s sentence) String() string {
	const most = 6
	families := shell.Joined(s.families)
	if more := len(s.families) - most; more > 1 {
		families = fmt.Sprintf("%s and %d more families", shell.Joined(s.families[:most]), more)
	}
	text := strings.ReplaceAll(s.text, "%%", "%")
	if s.recordings > 0 {
		text = fmt.Sprintf(s.text, s.recordings)
	}
	return families + ": " + text
}

// write writes the lines, with an empty line below.
func (a *outlook) write(w io.Writer) error {
	var b strings.Builder
	for _, q := range a.opening().Questions {
		fmt.Fprintf(&b, "%s:\n", q.Title)
		for _, line := range q.Says {
			fmt.Fprintf(&b, "  %s\n", folded(line, report.Width, 4))
		}
	}
	fmt.Fprintf(&b, "%s\n\n", a.ref)
	_, err := io.WriteString(w, b.String())
	return err
}

// opening is the same for a document, with the answer on top: who reads no more knows
// whether to deploy.
func (a *outlook) opening() *report.Opening {
	o := &report.Opening{Note: a.ref}
	for _, q := range []question{a.deploy, a.rollback} {
		slices.SortStableFunc(q.says, func(a, b sentence) int { return a.rank - b.rank })
		asked := report.Question{Title: q.title}
		for _, s := range q.says {
			asked.Says = append(asked.Says, s.String())
		}
		o.Questions = append(o.Questions, asked)
	}
	worst := rankNothing
	for _, s := range a.deploy.says {
		worst = min(worst, s.rank)
	}
	over := strings.TrimPrefix(a.deploy.title, "deploy ")
	switch worst {
	case rankBreaks:
		o.Icon, o.Title = "❌", "Do not deploy "+over+": it breaks running executions"
	case rankChanges:
		o.Icon, o.Title = "⚠️", "Deploying "+over+" changes what running executions do"
	case rankUnknown:
		o.Icon, o.Title = "❔", "Cannot tell whether to deploy "+over
	case rankOtherwise:
		o.Icon, o.Title = "⚠️", "Deploying "+over+" is safe, but queries are answered otherwise"
	case rankFindings:
		o.Icon, o.Title = "⚠️", "Look at the findings before you deploy "+over+": the histories alone do not settle them"
	case rankNews, rankSafe:
		o.Icon, o.Title = "✅", "Deploying "+over+" is safe for the recorded executions"
	default:
		o.Icon, o.Title = "–", "No recording tells what deploying "+over+" does"
	}
	return o
}

// some lists names, not all of very many.
func some(names []string) string {
	const most = 3
	if more := len(names) - most; more > 1 {
		return fmt.Sprintf("%s and %d more", shell.Joined(names[:most]), more)
	}
	return shell.Joined(names)
}

// folded breaks the text at spaces; its further lines have the indent.
func folded(text string, width, indent int) string {
	var b strings.Builder
	column := indent
	for i, word := range strings.Fields(text) {
		length := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+length > width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += length
	}
	return b.String()
}
