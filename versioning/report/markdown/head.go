package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// head is the answer: whether the newest stages may be deployed and rolled back.
func (b *writer) head() {
	text := fmt.Sprintf("<!-- %s -->\n", strings.ReplaceAll(prose.Plain(told.Command(b.opts)), "--", "- -"))
	switch {
	case b.opening != nil:
		text += fmt.Sprintf("## %s %s\n\n", icon(b.opening.Answer),
			prose.Markdown(b.opening.Title)) + openingText(b.opening)
	case len(b.families) > 1 && len(b.deployed()) == 0:
		text += fmt.Sprintf("## 📖 %s: what breaks in them is meant\n\n", references(len(b.families))) +
			"- Nobody deploys them. Open one to see what each change does to executions, and what mends it.\n"
	default:
		text += b.answer()
	}
	fails, cells := 0, 0
	for _, f := range b.families {
		fails, cells = fails+f.fails, cells+f.Judged
	}
	if b.opts.FailOn != nil {
		asked := "no cell has a verdict to fail on (`--fail-on`)"
		if fails > 0 {
			what := "a verdict"
			if b.failsOnNotes() {
				what = "a verdict or a finding"
			}
			asked = fmt.Sprintf("%s of %s %s to fail on (`--fail-on`)", prose.Thousands(fails),
				prose.Plural(cells, "cell")+" "+has(fails), what)
		}
		text += "- **This check:** " + asked + "\n"
	}
	if b.opening != nil {
		b.add(rankAnswer, nil, text+"\n"+prose.Markdown(b.opening.Note)+"\n\n")
		b.restOfOpening()
		return
	}
	b.add(rankAnswer, nil, text+"\n")
	b.overview()
}

// answer is what the newest stages of the families do that somebody deploys.
func (b *writer) answer() string {
	deploy, rollback := byAnswer{}, byAnswer{}
	var families []*told.Answered
	for _, f := range b.deployed() {
		families = append(families, f.Answered)
		deploy[f.Deploy], rollback[f.Rollback] = append(deploy[f.Deploy], f), append(rollback[f.Rollback], f)
	}
	worst := told.WorstDeploy(families)
	return fmt.Sprintf("## %s %s\n\n", icon(worst), told.DeployTitle(families, worst, shortCode)) +
		b.newest(deploy, rollback)
}

// readOnly reports whether the family is one of several, and there to be read: nobody asks whether to deploy it.
func (b *writer) readOnly(f *family) bool { return len(b.families) > 1 && f.Family.Reference }

// deployed are the families that somebody deploys.
func (b *writer) deployed() (families []*family) {
	for _, f := range b.families {
		if !b.readOnly(f) {
			families = append(families, f)
		}
	}
	return families
}

func references(n int) string {
	if n == 1 {
		return "1 reference family"
	}
	return prose.Thousands(n) + " reference families"
}

// failsOnNotes reports whether what fails is more than verdicts.
func (b *writer) failsOnNotes() bool {
	return slices.ContainsFunc(b.families, func(f *family) bool {
		return slices.ContainsFunc(f.findings,
			func(found *told.Finding) bool { return found.Fails() && found.Cause.Note != "" })
	})
}

// newest says what becomes of executions if the newest stages are deployed, or rolled
// back from.
func (b *writer) newest(deploy, rollback byAnswer) (text string) {
	if deployed := b.deployed(); len(deployed) == 1 && !deployed[0].Family.Catalogue {
		f := deployed[0]
		text += "- **Deploy** " + strings.Join(f.newestDeploy(mostNames), " · ") + "\n"
		if len(f.Family.Stages) > 1 {
			text += "- **Roll back** from " + shortCode(f.Newest()) + ": " +
				strings.Join(f.newestRollback(mostNames, false), " · ") + "\n"
		}
		text += "- **Missing recordings:**"
		missing := f.MissingFew(false)
		for _, line := range missing {
			if len(missing) > 1 {
				text += "\n  -"
			}
			text += " " + prose.Markdown(line)
		}
		text += "\n"
	} else {
		text += "- **Deploy:** " + answers(deploy) + "\n"
		text += "- **Roll back:** " + answers(rollback) + "\n"
	}
	return text
}

func has(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// byAnswer are families by what happens to executions.
type byAnswer map[finding.Answer][]*family

// answers counts what happens.
func answers(by byAnswer) string {
	var parts []string
	for _, a := range finding.Answers() {
		n := len(by[a])
		if n == 0 || a == finding.NotAsked {
			continue
		}
		of := " for "
		if a == finding.Breaks || a == finding.Changes {
			of = " of "
		}
		text := map[finding.Answer]string{
			finding.Breaks: "**breaks** running executions", finding.Changes: "**changes** what running executions do",
			finding.Unknown: told.CannotTell, finding.Otherwise: "replays, and **answers** queries **otherwise**",
			finding.Doubted: "replays with **findings**", finding.Safe: "safe",
		}[a]
		parts = append(parts, icon(a)+" "+text+of+workflows(n))
	}
	if len(parts) == 0 {
		return "– no recording tells"
	}
	return strings.Join(parts, " · ")
}

// mostSays is the number of sentences of a question that a reader sees without a click.
const mostSays = 4

// openingText is the opening but for its title.
func openingText(o *report.Opening) (text string) {
	for _, q := range o.Questions {
		text += "- **" + prose.Markdown(q.Title) + "**\n"
		for _, line := range q.Says[:min(len(q.Says), mostSays)] {
			text += "  - " + prose.Markdown(line) + "\n"
		}
		if n := len(q.Says) - mostSays; n > 0 {
			text += fmt.Sprintf("  - and %d more, below\n", n)
		}
	}
	return text
}

// restOfOpening is what openingText has no room for.
func (b *writer) restOfOpening() {
	text := ""
	for _, q := range b.opening.Questions {
		if len(q.Says) <= mostSays {
			continue
		}
		text += "- **" + prose.Markdown(q.Title) + "**\n"
		for _, line := range q.Says[mostSays:] {
			text += "  - " + prose.Markdown(line) + "\n"
		}
	}
	if text != "" {
		b.add(rankTransitions, nil, prose.Details("What else the deploy and the roll back do", text))
	}
}
