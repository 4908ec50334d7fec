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
	"github.com/replaymatrix/replaymatrix/versioning/internal/sdkerror"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
)

var update = flag.Bool("update", false, "rewrite testdata/sdk-errors.golden")

var kindNames = map[sdkerror.Kind]string{
	sdkerror.Mismatch: "other", sdkerror.Panicked: "other", sdkerror.UnknownType: "unknownType",
	sdkerror.BelowMinimum: "belowMinimum", sdkerror.AboveMaximum: "aboveMaximum",
	sdkerror.MissingCommand: "missingCommand", sdkerror.ExtraCommand: "extraCommand",
	sdkerror.DifferentCommand: "differentCommand",
	sdkerror.UnexplainedEvent: "unexplainedEvent", sdkerror.UnexpectedSideEffect: "unexpectedSideEffect",
	sdkerror.UnexpectedMutableSideEffect: "unexpectedMutableSideEffect",
	sdkerror.DifferentLocalActivity:      "differentLocalActivity",
	sdkerror.DifferentEnding:             "differentEnding", sdkerror.InvalidTransition: "invalidTransition",
	sdkerror.UnknownFlag: "unknownFlag", sdkerror.Deadlock: "deadlock",
}

// TestClassify reads the SDK's real text of every kind of mismatch, from replays
// of the fixtures and of the revisions. The golden file holds each text as the
// SDK wrote it, under what was read from it, so that a new SDK which says it in
// other words shows up as a diff.
func TestClassify(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	seen := map[string]bool{}
	kinds := map[sdkerror.Kind]bool{}
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
				kinds[read.Kind] = true
				text := abridged(err, read)
				if key := fmt.Sprint(kindNames[read.Kind], digits.ReplaceAllString(text, "")); !seen[key] {
					seen[key] = true
					fmt.Fprintf(&b, "%s: %s, from %s/%s@%s\n\t%s\n", read.verdict, kindNames[read.Kind],
						corpus.family.Name, r.Name, stage.Name, text)
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
		// TestUnknownFlag has the one, and of the other there is no text that is not known.
		if !kinds[kind] && kind != sdkerror.UnknownFlag && kind != sdkerror.Mismatch {
			t.Errorf("no fixture gives the mismatch %s", name)
		}
	}
}

// abridged is the text as far as its pattern reads it, with events and commands
// cut to what describe makes of them: the rest are times, IDs and the protobuf
// library's printing, which it varies on purpose.
func abridged(err error, read reading) string {
	text := firstLine(err.Error())
	if read.Kind != sdkerror.Mismatch && read.Text != "" {
		text = read.Text
	}
	for _, clue := range []string{"event", "command"} {
		if p := sdkerror.Printed(read.Clues[clue]); p.TypeName() != "" {
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
func described(p sdkerror.Printed) string {
	if name := p.Name(); name != "" {
		return p.TypeName() + " (" + name + ")"
	}
	return p.TypeName()
}
