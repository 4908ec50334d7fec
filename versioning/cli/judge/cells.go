package judge

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// cells completes what explain takes. What stands for several cells is offered once it is typed
// where a cell goes on behind it, since a shell ends a word that is the only one.
func (c commands) cells(toComplete string) []string {
	words := c.partsOfCells(toComplete)
	if toComplete == "" {
		return words
	}
	whole := func(word string) {
		words = append(words, shell.Described(word, "the worst of its cells"))
	}
	types := map[string]bool{}
	for _, f := range c.Families {
		if f.Name == toComplete {
			whole(toComplete)
		}
		for _, name := range f.WorkflowTypes {
			if !types[name] {
				types[name] = true
				whole(name)
			}
		}
	}
	if slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, toComplete) }) {
		return words
	}
	find := &finder{commands: c}
	if find.identify(context.Background()) != nil {
		return words
	}
	for _, i := range find.identities {
		if !slices.Contains(words, i.workflowID) {
			words = append(words, i.workflowID)
		}
	}
	return words
}

// partsOfCells completes FAMILY/RECORDING@STAGE.
func (c commands) partsOfCells(toComplete string) (words []string) {
	var family *versioning.Family
	for _, f := range c.Families {
		if strings.HasPrefix(toComplete, f.Name+"/") && (family == nil || len(f.Name) > len(family.Name)) {
			family = f
		}
	}
	if family == nil {
		for _, f := range c.Families {
			words = append(words, shell.Described(f.Name+"/", f.Doc))
		}
		return words
	}
	sources, err := c.Sources(family)
	if err != nil {
		cobra.CompErrorln(err.Error())
		return nil
	}
	for _, source := range sources {
		cell := family.Name + "/" + source.Name + "@"
		if !strings.HasPrefix(toComplete, cell) {
			words = append(words, cell)
			if toComplete == strings.TrimSuffix(cell, "@") {
				words = append(words, shell.Described(toComplete, "the worst of its cells"))
			}
			continue
		}
		for _, s := range matrix.Stages(family, source.Name) {
			words = append(words, shell.Described(cell+s.Name, s.Doc))
		}
	}
	return words
}

// verdicts are what --fail-on takes.
func verdicts(string) []string {
	words := []string{
		shell.Described(incompatible, "all that break executions or change what they do"),
		shell.Described("otherwise", "replays and answers a query otherwise"),
		shell.Described("findings", "what the history alone cannot settle"),
		shell.Described(string(rehearse.Stuck), "a live Worker gets stuck in a Workflow Task"),
		shell.Described(string(rehearse.Closes), "a live Worker closes what went on, or goes on with what closed"),
		shell.Described(string(rehearse.Hangs), "a live Worker lets it wait for what never comes"),
		shell.Described(finding.RollName, "old Workers get stuck on it while new ones run beside them"),
	}
	words = append(words, shell.Described(failOnNone, "nothing"))
	for _, info := range replay.Verdicts() {
		words = append(words, shell.Described(string(info.Verdict), info.Doc))
	}
	for _, info := range replay.Notes() {
		words = append(words, shell.Described(string(info.Kind), info.Doc))
	}
	return words
}

func levels(string) (words []string) {
	for _, level := range compare.Levels() {
		words = append(words, level.String())
	}
	return words
}
