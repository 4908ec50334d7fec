package report

import (
	"fmt"
	"slices"
	"strings"
)

// head is the answer: whether the newest stages may be deployed and rolled back.
func (b *markdownWriter) head() {
	text := fmt.Sprintf("<!-- %s -->\n", strings.ReplaceAll(plain(b.opts.command()), "--", "- -"))
	deploy, rollback := map[answer][]*markdownFamily{}, map[answer][]*markdownFamily{}
	worst, fails, cells := notAsked, 0, 0
	for _, f := range b.families {
		deploy[f.deploy], rollback[f.rollback] = append(deploy[f.deploy], f), append(rollback[f.rollback], f)
		worst, fails, cells = max(worst, f.deploy), fails+f.fails, cells+f.cells
	}
	if b.opening != nil {
		text += fmt.Sprintf("## %s %s\n\n", b.opening.Icon, prose(b.opening.Title)) + b.opening.markdown()
	} else {
		text += fmt.Sprintf("## %s %s\n\n", worst.icon(), titleOf(b.families, worst, deploy[worst], shortCode)) + b.newest(deploy, rollback)
	}
	if b.opts.FailOn != nil {
		asked := "no cell has a verdict to fail on (`--fail-on`)"
		if fails > 0 {
			what := "a verdict"
			if b.failsOnNotes() {
				what = "a verdict or a finding"
			}
			asked = fmt.Sprintf("%s of %s %s to fail on (`--fail-on`)", thousands(fails), plural(cells, "cell")+" "+has(fails), what)
		}
		text += "- **This check:** " + asked + "\n"
	}
	if b.opening != nil {
		b.add(rankAnswer, nil, text+"\n"+prose(b.opening.Note)+"\n\n")
		return
	}
	b.add(rankAnswer, nil, text+"\n")
	b.overview()
}

// failsOnNotes reports whether what fails is more than verdicts.
func (b *markdownWriter) failsOnNotes() bool {
	return slices.ContainsFunc(b.families, func(f *markdownFamily) bool {
		return slices.ContainsFunc(f.findings, func(found *told) bool { return found.fails() && found.Cause.Note != "" })
	})
}

// newest says what becomes of executions if the newest stages are deployed, or rolled
// back from.
func (b *markdownWriter) newest(deploy, rollback map[answer][]*markdownFamily) (text string) {
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
	return text
}

func has(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// titleOf is the answer to the first question, whether to deploy: worst is what happens
// at worst, to these of the families.
func titleOf(families []*markdownFamily, worst answer, these []*markdownFamily, name func(string) string) string {
	if worst == notAsked {
		return "No recording tells what a deploy does"
	}
	if len(families) == 1 && !these[0].Family.Catalogue {
		stage := name(these[0].newest())
		switch worst {
		case breaks:
			return "Do not deploy " + stage + ": it breaks running executions"
		case changes:
			return "Deploying " + stage + " changes what running executions do"
		case isUnknown:
			return "Cannot tell whether " + stage + " may be deployed"
		case answersOtherwise:
			return stage + " may be deployed, and answers queries otherwise"
		case isDoubted:
			return "Look at the findings before you deploy " + stage + ": the histories alone do not settle them"
		default:
			return stage + " may be deployed"
		}
	}
	of := fmt.Sprintf("%d of %s", len(these), workflows(len(families)))
	switch worst {
	case breaks:
		return "Do not deploy " + of + ": running executions break"
	case changes:
		return "Deploying " + of + " changes what running executions do"
	case isUnknown:
		return "Cannot tell whether " + of + " may be deployed"
	case answersOtherwise:
		return "All may be deployed, and " + of + " answer queries otherwise"
	case isDoubted:
		return "Look at the findings before you deploy " + of + ": the histories alone do not settle them"
	}
	if len(these) < len(families) {
		return of + " may be deployed, the others have one stage or no recordings"
	}
	return "All " + workflows(len(families)) + " may be deployed"
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
			answersOtherwise: "replays, and **answers** queries **otherwise**", isDoubted: "replays with **findings**", isSafe: "safe",
		}[a]
		text += " of " + workflows(n)
		if a == isSafe || a == isUnknown || a == answersOtherwise || a == isDoubted {
			text = strings.Replace(text, " of ", " for ", 1)
		}
		parts = append(parts, a.icon()+" "+text)
	}
	if len(parts) == 0 {
		return "– no recording tells"
	}
	return strings.Join(parts, " · ")
}
