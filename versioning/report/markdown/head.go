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
	deploy, rollback := byAnswer{}, byAnswer{}
	var families []*told.Answered
	fails, cells := 0, 0
	for _, f := range b.families {
		families = append(families, f.Answered)
		deploy[f.Deploy], rollback[f.Rollback] = append(deploy[f.Deploy], f), append(rollback[f.Rollback], f)
		fails, cells = fails+f.fails, cells+f.Judged
	}
	if b.opening != nil {
		text += fmt.Sprintf("## %s %s\n\n", icon(b.opening.Answer),
			prose.Markdown(b.opening.Title)) + openingText(b.opening)
	} else {
		worst := told.WorstDeploy(families)
		text += fmt.Sprintf("## %s %s\n\n", icon(worst),
			told.DeployTitle(families, worst, shortCode)) + b.newest(deploy, rollback)
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
		return
	}
	b.add(rankAnswer, nil, text+"\n")
	b.overview()
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
	if len(b.families) == 1 && !b.families[0].Family.Catalogue {
		f := b.families[0]
		text += "- **Deploy** " + strings.ReplaceAll(f.newestDeploy(mostNames), "<br>", " · ") + "\n"
		if len(f.Family.Stages) > 1 {
			text += "- **Roll back** from " + shortCode(f.Newest()) + ": " +
				strings.ReplaceAll(f.newestRollback(mostNames), "<br>", " · ") + "\n"
		}
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

// openingText is the opening but for its title.
func openingText(o *report.Opening) (text string) {
	for _, q := range o.Questions {
		text += "- **" + prose.Markdown(q.Title) + "**\n"
		for _, line := range q.Says {
			text += "  - " + prose.Markdown(line) + "\n"
		}
	}
	return text
}
