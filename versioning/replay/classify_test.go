package replay

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/testdata/nexus"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
)

var update = flag.Bool("update", false, "rewrite testdata/sdk-errors.golden")

var kindNames = map[mismatch]string{
	other: "other", unknownType: "unknownType", belowMinimum: "belowMinimum", aboveMaximum: "aboveMaximum",
	missingCommand: "missingCommand", extraCommand: "extraCommand", differentCommand: "differentCommand",
	unexplainedEvent: "unexplainedEvent", unexpectedSideEffect: "unexpectedSideEffect",
	unexpectedMutableSideEffect: "unexpectedMutableSideEffect", differentLocalActivity: "differentLocalActivity",
	differentEnding: "differentEnding", invalidTransition: "invalidTransition", unknownFlag: "unknownFlag", deadlock: "deadlock",
}

// TestClassify reads the SDK's real text of every kind of mismatch, from replays
// of the fixtures and of the revisions. The golden file holds each text as the
// SDK wrote it, under what was read from it, so that a new SDK which says it in
// other words shows up as a diff.
func TestClassify(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	seen := map[string]bool{}
	kinds := map[mismatch]bool{}
	for _, corpus := range []struct {
		family *versioning.Family
		dir    string
	}{
		{mistakes.Family, "../../testdata/histories/mistakes"},
		{nexus.Family, "../../testdata/histories/nexus"},
		{revisions.Family, "../../histories/revisions"},
	} {
		sources, err := history.Dir(os.DirFS(corpus.dir), ".")
		require.NoError(t, err)
		for _, source := range sources {
			r, err := source.Load()
			require.NoError(t, err)
			for _, stage := range corpus.family.Stages {
				err := Judge(context.Background(), stage, r, nil).SDKErr
				if err == nil {
					continue
				}
				read := classify(err)
				kinds[read.kind] = true
				text := abridged(err, read)
				if key := fmt.Sprint(read.kind, digits.ReplaceAllString(text, "")); !seen[key] {
					seen[key] = true
					fmt.Fprintf(&b, "%s: %s, from %s/%s@%s\n\t%s\n", read.verdict, kindNames[read.kind], corpus.family.Name, r.Name, stage.Name, text)
				}
			}
		}
	}
	const golden = "testdata/sdk-errors.golden"
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("the SDK's texts or their readings changed (-want +got):\n%s", diff)
	}
	for kind, name := range kindNames {
		if !kinds[kind] && kind != unknownFlag { // TestUnknownFlag has that one
			t.Errorf("no fixture gives the mismatch %s", name)
		}
	}
}

// abridged is the text as far as its pattern reads it, with events and commands
// cut to what describe makes of them: the rest are times, IDs and the protobuf
// library's printing, which it varies on purpose.
func abridged(err error, read reading) string {
	text := firstLine(err.Error())
	for _, r := range readings {
		if m := r.text.FindString(err.Error()); m != "" && r.kind != other {
			text = m
			break
		}
	}
	for _, clue := range []string{"event", "command"} {
		if p := printed(read.clues[clue]); p.typeName() != "" {
			text = strings.ReplaceAll(text, string(p), described(p)+"…")
		}
	}
	return runID.ReplaceAllString(text, "RUN-ID")
}

var (
	runID  = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
	digits = regexp.MustCompile(`\d+`)
)

// described is the type of what the SDK has printed, with the name that a user gave.
func described(p printed) string {
	if m := printedName.FindStringSubmatch(string(p)); m != nil {
		return p.typeName() + " (" + m[1] + m[2] + ")"
	}
	return p.typeName()
}
