package judge

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/against"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
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

// sentence is what is the case for these families.
type sentence struct {
	// answer is what it tells of executions, NotAsked if nothing. The reader must see the
	// worst first.
	answer finding.Answer
	// news is what is good, and more than safe; aside what only is said to be complete.
	news, aside bool
	// untold is whether there are executions of which nothing is known.
	untold bool
	// text can hold %d, for the sum of the recordings.
	text       string
	recordings int
	families   []string
}

// compare orders sentences as a reader must see them.
func (s sentence) compare(other sentence) int {
	place := func(s sentence) finding.Answer {
		switch {
		case s.news:
			return finding.Pinned
		case s.aside:
			return finding.NotAsked - 1
		default:
			return s.answer
		}
	}
	return cmp.Compare(place(other), place(s))
}

func outlookOf(c *against.Comparison, command string) *outlook {
	a := &outlook{ref: fmt.Sprintf("%s is %s, %s is what is on disk.", c.Ref, c.Commit[:min(len(c.Commit), 12)],
		against.Here)}
	a.deploy.title = "deploy " + against.Here + " over " + c.Ref
	a.rollback.title = "roll back to " + c.Ref
	for _, f := range c.Families {
		name := f.Matrix.Family.Name
		switch f.Lacks {
		case c.Ref:
			a.deploy.say(sentence{text: c.Ref + " has no replay test of it, and so no recordings"}, name)
			a.rollback.unknown(c.Ref+" has no replay test of it", name)
		case against.Here:
			a.deploy.unknown("the work tree has no replay test of it any more", name)
			a.rollback.say(sentence{text: "the work tree has no replay test of it, and so no recordings"}, name)
		default:
			a.deploy.meet(f.Deploy, c.Ref, "no recording of "+c.Ref+" replays under its code", name)
			a.rollback.meet(f.Rollback, "the work tree",
				"no recording of an execution that the code of the work tree has run"+toRecord(f.Wanted, command), name)
		}
		if len(f.Mended) > 0 {
			text := fmt.Sprintf("mends %s, which the code of %s does not replay", some(f.Mended), c.Ref)
			a.deploy.say(sentence{answer: finding.Safe, news: true, text: text}, name)
		}
		if len(f.Neither) > 0 {
			text := "not counted, since it replays under neither code: " + some(f.Neither)
			a.deploy.say(sentence{aside: true, text: text}, name)
		}
	}
	return a
}

// metWords are what the answer to recordings is called, with their number and whose they are.
var metWords = map[finding.Answer]string{
	finding.Breaks:    "BREAKS %d%s",
	finding.Changes:   "CHANGES what executions do in %d%s",
	finding.Unknown:   "cannot tell for %d%s",
	finding.Otherwise: "replays and ANSWERS OTHERWISE for %d%s",
	finding.Doubted:   "replays with FINDINGS for %d%s",
	finding.Pinned:    "leaves %d%s to Workers that must keep running",
	finding.Safe:      "safe for %d%s",
}

// meet says what becomes of executions.
func (q *question) meet(met []against.Met, whose, none, family string) {
	count, worst := map[finding.Answer]int{}, finding.NotAsked
	for _, m := range met {
		answer := finding.AnswerTo(m.Row, m.Cell)
		count[answer]++
		worst = max(worst, answer)
	}
	unstarted := count[finding.Unbegun]
	all := len(met) - unstarted
	switch {
	case all == 0 && unstarted > 0:
		q.unknown(fmt.Sprintf("of no recording of %s (%d) a Workflow Task has completed", whose, unstarted), family)
		return
	case all == 0:
		q.unknown(none, family)
		return
	case worst == finding.Safe:
		text := "safe for all recordings of " + strings.ReplaceAll(whose, "%", "%%") + " (%d)"
		q.sum(sentence{answer: finding.Safe, text: text, recordings: all}, family)
	default:
		q.say(sentence{answer: worst, untold: count[finding.Unknown] > 0, text: metText(count, all, whose)}, family)
	}
	if unstarted > 0 {
		const text = "not counted, since no Workflow Task of them had completed: %d of the recordings of %s"
		q.say(sentence{aside: true, text: fmt.Sprintf(text, unstarted, whose)}, family)
	}
}

// metText says of how many recordings there is which answer: whose they are is said once.
func metText(count map[finding.Answer]int, all int, whose string) string {
	of := fmt.Sprintf(" of the %d recordings of %s", all, whose)
	if all == 1 {
		of = " recording of " + whose + ", the only one,"
	}
	var parts []string
	for _, answer := range finding.Answers() {
		n, words := count[answer], metWords[answer]
		switch {
		case n == 0 || words == "":
		case n == all && all > 1:
			text := fmt.Sprintf(words, all, " recordings of "+whose)
			parts = append(parts, strings.Replace(text, strconv.Itoa(all), fmt.Sprintf("all %d", all), 1))
		default:
			parts = append(parts, fmt.Sprintf(words, n, of))
			of = ""
		}
	}
	return strings.TrimSuffix(strings.Join(parts, "; "), ",")
}

// unknown says why nothing is known.
func (q *question) unknown(why, family string) {
	q.say(sentence{answer: finding.Unknown, untold: true, text: "cannot tell: " + why}, family)
}

// say is sum of what is said as it is.
func (q *question) say(s sentence, family string) {
	s.text = strings.ReplaceAll(s.text, "%", "%%")
	q.sum(s, family)
}

// sum adds the recordings of a family to those of the others that are in the same case.
func (q *question) sum(s sentence, family string) {
	i := slices.IndexFunc(q.says, func(said sentence) bool { return said.text == s.text })
	if i < 0 {
		q.says = append(q.says, s)
		i = len(q.says) - 1
	} else {
		q.says[i].recordings += s.recordings
	}
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
	for _, q := range a.questions() {
		fmt.Fprintf(&b, "%s:\n", q.Title)
		for _, line := range q.Says {
			fmt.Fprintf(&b, "  %s\n", apartAgain(prose.Wrap(line, text.Width, 4)))
		}
	}
	fmt.Fprintf(&b, "%s\n\n", a.ref)
	_, err := io.WriteString(w, b.String())
	return err
}

// questions are both questions, with commands whose words are held together.
func (a *outlook) questions() (list []report.Question) {
	for _, q := range []question{a.deploy, a.rollback} {
		slices.SortStableFunc(q.says, sentence.compare)
		asked := report.Question{Title: q.title}
		for _, s := range q.says {
			asked.Says = append(asked.Says, s.String())
			asked.Answer = max(asked.Answer, s.answer)
		}
		if asked.Answer == finding.Pinned { // which no deploy meets
			asked.Answer = finding.Safe
		}
		list = append(list, asked)
	}
	return list
}

// opening is the same for a document, with the answer on top: who reads no more knows
// whether to deploy.
func (a *outlook) opening() *report.Opening {
	o := &report.Opening{Note: a.ref}
	for _, q := range a.questions() {
		for i := range q.Says {
			q.Says[i] = apartAgain(q.Says[i])
		}
		o.Questions = append(o.Questions, q)
	}
	o.Answer = o.Questions[0].Answer
	over := strings.TrimPrefix(a.deploy.title, "deploy ")
	switch o.Answer {
	case finding.Breaks:
		o.Title = "Do not deploy " + over + ": it breaks running executions"
	case finding.Changes:
		o.Title = "Deploying " + over + " changes what running executions do"
	case finding.Unknown:
		o.Title = "Cannot tell whether to deploy " + over
	case finding.Otherwise:
		o.Title = "Deploying " + over + " is safe, but queries are answered otherwise"
	case finding.Doubted:
		o.Title = "Look at the findings before you deploy " + over + ": the histories alone do not settle them"
	case finding.Safe:
		o.Title = "Deploying " + over + " is safe for the recorded executions"
	default:
		o.Title = "No recording tells what deploying " + over + " does"
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
