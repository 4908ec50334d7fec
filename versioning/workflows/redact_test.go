package workflows_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestEverythingRedacts redacts every recording there is with -all, and without it some of every
// family: with all stages of the family or, where it has many, with some. What is
// written replays as before, and no text of the data is left that the report does not tell of.
func TestEverythingRedacts(t *testing.T) {
	t.Parallel()
	var places, kept atomic.Int64
	t.Cleanup(func() {
		t.Logf("%d values, of which %d can be read", places.Load(), kept.Load())
		require.Greater(t, places.Load(), int64(1000), "there is less to redact than there was")
	})
	for _, c := range corpora.All() {
		t.Run(c.Family.Name, func(t *testing.T) {
			t.Parallel()
			sources, err := history.Dir(c.Recordings(), ".")
			require.NoError(t, err)
			for i, source := range sources {
				if i%10 != 0 && !*tryAll {
					continue
				}
				r, err := source.Load()
				require.NoError(t, err)
				r.Family = c.Family.Name
				stages := someStages(c.Family, r, i)
				redacted, report := redactAndCheck(t, c, stages, r)
				places.Add(int64(report.Places))
				kept.Add(int64(len(report.Kept)))
				require.True(t, report.Complete, "%s: %d trials", r, report.Trials)
				if i == 0 {
					redactAndCheck(t, c, stages, redacted) // what is redacted can be redacted
				}
			}
		})
	}
}

// someStages are all stages of a small family; else those that ran the execution and three others,
// which are others for each recording.
func someStages(f *versioning.Family, r *history.Recording, i int) (stages []versioning.Stage) {
	for j, stage := range f.Stages {
		if len(f.Stages) < 5 || slices.Contains(r.Lineage, stage.Name) || (i+j)%len(f.Stages) < 3 {
			stages = append(stages, stage)
		}
	}
	return stages
}

func redactAndCheck(
	t *testing.T, c corpora.Corpus, stages []versioning.Stage, r *history.Recording,
) (*history.Recording, redact.Report) {
	t.Helper()
	before, err := history.Encode(r)
	require.NoError(t, err)
	opts := replay.Options{Config: replay.Config{Worker: c.Replay, Level: compare.Values}}
	redacted, report, err := redact.Recording(context.Background(), stages, r, redact.Options{Config: opts.Config})
	require.NoError(t, err)
	unchanged, err := history.Encode(r)
	require.NoError(t, err)
	if diff := cmp.Diff(string(before), string(unchanged)); diff != "" {
		t.Errorf("%s: the recording itself has changed:\n%s", r, diff)
	}
	require.True(t, redacted.Redacted)

	after, err := history.Encode(redacted)
	require.NoError(t, err)
	read, err := history.Decode(r.String()+".json", after)
	require.NoError(t, err)
	read.Family, read.Name = r.Family, r.Name
	for _, stage := range stages {
		was := replay.Judge(context.Background(), stage, r, &opts)
		is := replay.Judge(context.Background(), stage, read, &opts)
		if diff := cmp.Diff(comparable(was), comparable(is)); diff != "" {
			t.Errorf("%s@%s (-recording +redacted):\n%s", r, stage.Name, diff)
		}
	}

	hidden := readTexts(t, before, c.Replay.DataConverter)
	shown := readTexts(t, after, c.Replay.DataConverter)
	told, kept := map[int64]bool{}, map[string]bool{}
	for _, k := range report.Kept {
		if told[k.Event] = true; k.Reason != redact.Occurs {
			maps.Copy(kept, shown.data[k.Event])
		}
	}
	for event, text := range shown.events {
		for value := range hidden.values() {
			if strings.Contains(text, value) && !told[event] && !kept[value] {
				t.Errorf("%s: event %d of the redacted recording holds %q, and the report does not say so", r, event,
					value)
			}
		}
	}
	for _, k := range report.Kept {
		for value := range hidden.values() {
			if strings.Contains(k.Path, value) && !strings.Contains(hidden.names.String(), value) {
				t.Errorf("%s: the report holds %q", r, value)
			}
		}
	}
	return redacted, report
}

// comparable is what a redacted recording has to share with the recording.
func comparable(r replay.Result) (c struct {
	Verdict, Moved replay.Verdict
	Place          replay.Place
	Park           replay.Park
	Versions       []replay.VersionCall
	Differences    []string
}) {
	c.Verdict, c.Moved, c.Place, c.Park, c.Versions = r.Verdict, r.Moved, r.Place, r.Park, r.Versions
	for _, d := range r.Differences {
		c.Differences = append(c.Differences, d.Path+" at "+d.Source)
	}
	return c
}
