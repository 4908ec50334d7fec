package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// answer is what a deploy or a rollback does, the worst last.
type answer int

const (
	notAsked answer = iota
	isSafe
	answersOtherwise
	isUnknown
	changes
	breaks
)

// answerOf is that to one transition.
func answerOf(t transition) answer {
	g := groupsOf(t.outcomes)
	switch {
	case len(g.breaks) > 0:
		return breaks
	case len(g.changes) > 0:
		return changes
	case len(g.unknown) > 0 || t.missing != "":
		return isUnknown
	case len(g.otherwise) > 0:
		return answersOtherwise
	default:
		return isSafe
	}
}

func (a answer) icon() string {
	return [...]string{"–", "✅", "⚠️", "❔", "⚠️", "❌"}[a]
}

// A markdownFamily is a matrix with the answers to what a person asks first.
type markdownFamily struct {
	*matrix.Matrix
	list     []transition
	findings []*finding
	// deploy is that of the newest stage, of a catalogue that of any; rollback is
	// from there.
	deploy, rollback answer
	// back are the rollbacks from the newest stage.
	back []transition
	// worst is that of all transitions.
	worst answer
	cells int
	fails int
}

func newMarkdownFamily(m *matrix.Matrix, opts CIOptions) *markdownFamily {
	f := &markdownFamily{Matrix: m, list: transitionsOf(m), findings: findings(opts, []*matrix.Matrix{m})}
	for range m.Cells() {
		f.cells++
	}
	for _, found := range f.findings {
		if found.weight == failure {
			f.fails += len(found.cells)
		}
	}
	last := len(m.Family.Stages) - 1
	for to := range last {
		if list := outcomes(m, to, func(from int) bool { return from == last }); len(list) > 0 && !m.Family.Catalogue {
			f.back = append(f.back, transition{kind: rollingBack, stage: m.Family.Stages[to].Name, outcomes: list})
		}
	}
	slices.Reverse(f.back)
	for _, t := range f.back {
		f.rollback = max(f.rollback, answerOf(t))
	}
	if last > 0 && len(f.back) == 0 && len(m.Rows) > 0 && len(m.Partial) == 0 && !m.Family.Catalogue {
		f.rollback = isUnknown // there is no recording of the newest stage
	}
	for _, t := range f.list {
		a := answerOf(t)
		f.worst = max(f.worst, a)
		switch {
		case t.kind == moving:
		case t.kind == rollingBack && m.Family.Catalogue:
			f.rollback = max(f.rollback, a)
		case t.kind != rollingBack && (m.Family.Catalogue || t.stage == m.Family.Stages[last].Name):
			f.deploy = max(f.deploy, a)
		}
	}
	return f
}

// compare orders families by what a person has to look at first.
func (f *markdownFamily) compare(other *markdownFamily) int {
	return cmp.Or(
		cmp.Compare(min(f.fails, 1), min(other.fails, 1)), cmp.Compare(f.deploy, other.deploy),
		cmp.Compare(f.rollback, other.rollback), cmp.Compare(f.worst, other.worst),
	)
}

// quiet is whether one line says all there is to say.
func (f *markdownFamily) quiet() bool {
	return len(f.findings) == 0 && f.worst <= isSafe && f.cells > 0
}

func (f *markdownFamily) newest() string { return f.Family.Stages[len(f.Family.Stages)-1].Name }

// head is the answer: whether the newest stages may be deployed and rolled back.
func (b *markdownWriter) head() {
	text := fmt.Sprintf("<!-- %s -->\n", strings.ReplaceAll(plain(b.opts.command()), "--", "- -"))
	deploy, rollback := map[answer][]*markdownFamily{}, map[answer][]*markdownFamily{}
	worst, fails, cells := notAsked, 0, 0
	for _, f := range b.families {
		deploy[f.deploy], rollback[f.rollback] = append(deploy[f.deploy], f), append(rollback[f.rollback], f)
		worst, fails, cells = max(worst, f.deploy), fails+f.fails, cells+f.cells
	}
	text += fmt.Sprintf("## %s %s\n\n", worst.icon(), b.title(worst, deploy[worst]))
	if len(b.families) == 1 && !b.families[0].Family.Catalogue {
		f := b.families[0]
		text += "- **Deploy** " + strings.ReplaceAll(f.newestDeploy(mostNames), "<br>", " · ") + "\n"
		if len(f.Family.Stages) > 1 {
			text += "- **Roll back** from " + shortCode(f.newest()) + ": " + strings.ReplaceAll(f.newestRollback(mostNames), "<br>", " · ") + "\n"
		}
	} else {
		text += "- **Deploy:** " + answers(deploy) + "\n"
		text += "- **Roll back:** " + answers(rollback) + "\n"
	}
	if b.opts.Fails != nil {
		asked := "no cell has a verdict to fail on (`--fail-on`)"
		if fails > 0 {
			asked = fmt.Sprintf("%s of %s a verdict to fail on (`--fail-on`)", thousands(fails), plural(cells, "cell")+" "+has(fails))
		}
		text += "- **This check:** " + asked + "\n"
	}
	b.add(rankAnswer, nil, text+"\n")
	b.overview()
}

func has(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// title is the answer to the first question, whether to deploy.
func (b *markdownWriter) title(worst answer, these []*markdownFamily) string {
	if worst == notAsked {
		return "No recording tells what a deploy does"
	}
	if len(b.families) == 1 && !these[0].Family.Catalogue {
		stage := shortCode(these[0].newest())
		switch worst {
		case breaks:
			return "Do not deploy " + stage + ": it breaks running executions"
		case changes:
			return "Deploying " + stage + " changes what running executions do"
		case isUnknown:
			return "Cannot tell whether " + stage + " may be deployed"
		case answersOtherwise:
			return stage + " may be deployed, and answers queries otherwise"
		default:
			return stage + " may be deployed"
		}
	}
	of := fmt.Sprintf("%d of %s", len(these), workflows(len(b.families)))
	switch worst {
	case breaks:
		return "Do not deploy " + of + ": running executions break"
	case changes:
		return "Deploying " + of + " changes what running executions do"
	case isUnknown:
		return "Cannot tell whether " + of + " may be deployed"
	case answersOtherwise:
		return "All may be deployed, and " + of + " answer queries otherwise"
	}
	if len(these) < len(b.families) {
		return of + " may be deployed, the others have one stage or no recordings"
	}
	return "All " + workflows(len(b.families)) + " may be deployed"
}

// answers counts what happens.
func answers(by map[answer][]*markdownFamily) string {
	var parts []string
	for a := breaks; a >= isSafe; a-- {
		n := len(by[a])
		if n == 0 {
			continue
		}
		text := map[answer]string{
			breaks: "**breaks** running executions", changes: "**changes** what running executions do", isUnknown: "cannot tell",
			answersOtherwise: "replays, and **answers** queries **otherwise**", isSafe: "safe",
		}[a]
		text += " of " + workflows(n)
		if a == isSafe || a == isUnknown || a == answersOtherwise {
			text = strings.Replace(text, " of ", " for ", 1)
		}
		parts = append(parts, a.icon()+" "+text)
	}
	if len(parts) == 0 {
		return "– no recording tells"
	}
	return strings.Join(parts, " · ")
}

// overview is a table of the families that are not quiet, if there are several.
func (b *markdownWriter) overview() {
	const most = 100
	text, rows := "| workflow | deploy the newest stage | roll back from it |\n|---|---|---|\n", 0
	for _, f := range b.families {
		if f.quiet() {
			continue
		}
		if rows++; rows > most {
			continue
		}
		name := shortCode(f.Family.Name)
		if f.Family.Catalogue {
			text += fmt.Sprintf("| %s | %s | %s |\n", name, f.anyDeploy(), f.backToBase())
			continue
		}
		text += fmt.Sprintf("| %s | %s | %s |\n", name, f.newestDeploy(3), f.newestRollback(3))
	}
	if rows > most {
		text += fmt.Sprintf("| and %d more | | |\n", rows-most)
	}
	if rows > 0 && len(b.families) > 1 {
		b.add(rankAnswer, nil, text+"\n")
	}
}

// newestDeploy says what the newest stage does to executions of the others.
func (f *markdownFamily) newestDeploy(most int) string {
	var parts []string
	for _, t := range f.list {
		if t.stage == f.newest() && (t.kind == deploying || t.kind == again) {
			parts = append(parts, outcomeText(t, most))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "–")
	}
	return shortCode(f.newest()) + ": " + strings.Join(parts, "<br>")
}

// newestRollback says what the other stages do to executions of the newest one.
func (f *markdownFamily) newestRollback(most int) string {
	by := map[answer][]string{}
	for _, t := range f.back {
		by[answerOf(t)] = append(by[answerOf(t)], t.stage)
	}
	var parts []string
	for a := breaks; a >= isSafe; a-- {
		if stages := by[a]; len(stages) > 0 {
			text := map[answer]string{
				breaks: "**breaks** executions", changes: "**changes** what executions do", isUnknown: "cannot be told",
				answersOtherwise: "**answers** queries **otherwise**", isSafe: "is safe",
			}[a]
			parts = append(parts, fmt.Sprintf("%s to %s %s", a.icon(), someNames(stages, most), text))
		}
	}
	switch {
	case len(parts) == 0 && f.rollback == isUnknown:
		return isUnknown.icon() + " cannot tell, no recording of it"
	case len(parts) == 0:
		return "–"
	}
	return strings.Join(parts, "<br>")
}

func (a answer) phrase() string {
	words := map[answer]string{breaks: "**breaks**", changes: "**changes**", isUnknown: "cannot tell", answersOtherwise: "**answers otherwise**", isSafe: "safe"}
	return a.icon() + " " + words[a]
}

// anyDeploy counts what the changes of a catalogue do to executions of its base.
func (f *markdownFamily) anyDeploy() string {
	by, all := map[answer]int{}, 0
	for _, t := range f.list {
		if t.kind == deploying {
			by[answerOf(t)]++
			all++
		}
	}
	var parts []string
	for a := breaks; a >= isSafe; a-- {
		if by[a] > 0 {
			parts = append(parts, fmt.Sprintf("%s for %d", a.phrase(), by[a]))
		}
	}
	if len(parts) == 0 {
		return "–"
	}
	return fmt.Sprintf("%s, each on its own: %s", plural(all, "change"), strings.Join(parts, ", "))
}

// backToBase is what the base of a catalogue does to executions of its changes.
func (f *markdownFamily) backToBase() string {
	for _, t := range f.list {
		if t.kind == rollingBack {
			return "to " + shortCode(t.stage) + ": " + outcomeText(t, 3)
		}
	}
	return "–"
}

// answerOfVerdict is what a transition with such an execution does.
func answerOfVerdict(v replay.Verdict) answer {
	switch {
	case severity(v) == 3:
		return breaks
	case severity(v) == 2:
		return changes
	case severity(v) == 1:
		return isUnknown
	case v == replay.NotApplicable:
		return notAsked
	default:
		return isSafe
	}
}
