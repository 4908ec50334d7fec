package applied

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Serve is the program of the copies: it reads cells from the standard input, and writes their answers.
// The families of the copies are by the IDs of these.
func Serve(families map[string][]*versioning.Family) {
	if err := serve(families); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(families map[string][]*versioning.Family) error {
	var cells []Cell
	if err := json.NewDecoder(os.Stdin).Decode(&cells); err != nil {
		return fmt.Errorf("reading the cells: %w", err)
	}
	groups := map[Cell][]string{}
	for _, c := range cells {
		group := c
		group.Recording = ""
		groups[group] = append(groups[group], c.Recording)
	}
	answers := []Answer{}
	for _, c := range cells {
		group := c
		group.Recording = ""
		recordings, ok := groups[group]
		if !ok {
			continue // with the first cell of its group
		}
		delete(groups, group)
		judged, err := judge(families[c.Copy], group, recordings)
		if err != nil {
			return err
		}
		answers = append(answers, judged...)
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

// judge judges the recordings by one stage of a copy, and beside it the stages of the work tree.
func judge(families []*versioning.Family, group Cell, recordings []string) ([]Answer, error) {
	corpus, ok := corpusOf(group.Family)
	if !ok {
		return nil, fmt.Errorf("no family is named %q", group.Family)
	}
	i := slices.IndexFunc(families, func(f *versioning.Family) bool { return f.Name == group.Family })
	if i < 0 {
		return nil, fmt.Errorf("copy %q has no family %q", group.Copy, group.Family)
	}
	edited, ok := families[i].Stage(group.Stage)
	if !ok {
		return nil, fmt.Errorf("copy %q has no stage %q of %s", group.Copy, group.Stage, group.Family)
	}
	f := *corpus.Family
	f.Stages = slices.Clone(f.Stages)
	for i := range f.Stages {
		if f.Stages[i].Name == group.Stage {
			f.Stages[i] = edited
		}
	}
	sources, err := history.Dir(corpus.Recordings(), ".")
	if err != nil {
		return nil, err
	}
	m, err := matrix.Judge(context.Background(), &f, slices.Values(sources), &matrix.Options{
		Config: ConfigOf(corpus), Rehearse: rehearse.All,
		Only: func(recording, stage string) bool {
			return stage == group.Stage && slices.Contains(recordings, recording)
		},
	})
	if err != nil {
		return nil, err
	}
	var answers []Answer
	for cell := range m.Cells() {
		a := Answer{Cell: group, Verdict: cell.Verdict, Cause: cell.Cause.String(), Source: cell.Place.Source,
			Points: cell.Effects.Rehearsed, Effects: cell.Effects.List, Err: cell.Effects.Failed}
		a.Recording = cell.Recording
		if cell.Err != nil {
			a.Err = cell.Err.Error()
		}
		answers = append(answers, a)
	}
	return answers, nil
}

func corpusOf(family string) (corpora.Corpus, bool) {
	all := corpora.All()
	i := slices.IndexFunc(all, func(c corpora.Corpus) bool { return c.Family.Name == family })
	if i < 0 {
		return corpora.Corpus{}, false
	}
	return all[i], true
}

// ConfigOf is the configuration that the family's matrix is judged with.
func ConfigOf(c corpora.Corpus) replay.Config {
	return replay.Config{Worker: c.Replay, DefaultNamespace: "default"}
}
