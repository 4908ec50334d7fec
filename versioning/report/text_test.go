package report_test

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/golden"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

var escape = regexp.MustCompile("\x1b\\[[0-9;]*m")

func TestText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		golden string
		matrix *matrix.Matrix
		why    string
	}{
		{"patching.txt", real(t), "what the command prints"},
		{"patching-all.txt", real(t), "what it prints for who wants all"},
		{"numbers.txt", judge(t, manyStages(1, "for-the-shop"), matrix.Options{}, released("for-the-shop")),
			"stages that do not fit under their names are numbered, also in the lines on transitions they have room"},
		{"blocks.txt", judge(t, manyStages(4, "x"), matrix.Options{}, released("x")),
			"sixteen columns are broken into blocks"},
		{"unreadable.txt", judge(t, patching.Family, matrix.Options{}, unreadable),
			"what could not be read is told, and no transition of its stage is called safe"},
		{"chosen.txt", judge(t, patching.Family, matrix.Options{Only: func(recording, stage string) bool {
			return stage == "patched" && recording != "initial.waiting" || stage == "initial" &&
				strings.HasPrefix(recording, "patched.")
		}}, nil), "cells that were not judged are blank, and say nothing about a transition"},
		{"empty.txt", &matrix.Matrix{Family: patching.Family}, "no recordings, no claims"},
		{"otherwise.txt", otherwise(t), "safe, and a query or a live worker tells another story"},
		{"one-stage.txt", judge(t,
			&versioning.Family{Name: "one", Doc: "One stage.", Stages: patching.Family.Stages[:1]}, matrix.Options{},
			completedOnly),
			"no transitions"},
		{"downloaded.txt", judge(t,
			&versioning.Family{Name: "downloaded", Doc: "Two stages.", Stages: patching.Family.Stages[1:3]},
			matrix.Options{}, downloaded),
			"of histories whose stage is unknown a number breaks: they need not have come from the same code"},
		{"downloaded-one.txt",
			judge(t, &versioning.Family{Name: "downloaded", Doc: "One stage.", Stages: patching.Family.Stages[2:3]},
				matrix.Options{}, downloaded),
			"the first test that somebody writes: the code of today, and a folder of histories"},
		{"unstarted.txt", judge(t, patching.Family, matrix.Options{}, unstarted(4)),
			"executions that have not begun are counted apart"},
		{"unstarted-only.txt", oneStage(t, "one", 0),
			"nothing is called safe where none has begun"},
		{"findings.txt", doubtful(),
			"what nobody can tell from the history alone is counted and told, and not called safe"},
		{"swept.txt", judge(t, patching.Family, matrix.Options{}, swept),
			"an execution that was made to take an old version stands for itself, not for new ones of its stage"},
	} {
		t.Run(tt.golden, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			opts := text.Options{All: strings.Contains(tt.golden, "-all"), Command: "replaymatrix"}
			plain := asText(t, opts, tt.matrix)
			compareGolden(t, tt.golden, plain)

			opts.Color = true
			coloured := asText(t, opts, tt.matrix)
			require.Contains(t, coloured, "\x1b[")
			require.Equal(t, plain, escape.ReplaceAllString(coloured, ""), "colour must change nothing but colour")
			require.NotContains(t, plain, "\x1b")
			for line := range strings.Lines(plain) {
				line = strings.TrimSuffix(line, "\n")
				require.Equal(t, strings.TrimRight(line, " \t"), line, "white space at the end")
				if strings.Contains(line, "@") && !strings.Contains(line, ".go:") {
					continue // ends with the name of a cell, which is not broken: people copy it
				}
				require.LessOrEqual(t, utf8.RuneCountInString(line), text.Width, "%s", line)
			}
		})
	}
}

// TestSeveralMatrices is about the command without arguments: each family has
// its legend, and what was not looked at is said once, at the end.
func TestSeveralMatrices(t *testing.T) {
	t.Parallel()
	one := judge(t, patching.Family, matrix.Options{}, completedOnly)
	got := asText(t, text.Options{All: true}, one, one)
	require.Equal(t, 2, strings.Count(got, "patching: One activity"))
	require.Equal(t, 2, strings.Count(got, replay.Safe.Info().Doc))
	require.Equal(t, 1, strings.Count(got, "Compared: commands, options and values."))
}

// TestLegend lists every verdict of the catalogue that occurs, none that does not.
func TestLegend(t *testing.T) {
	t.Parallel()
	row := matrix.Row{Recording: "x"}
	f := &versioning.Family{Name: "all", Doc: "All verdicts."}
	for _, info := range replay.Verdicts() {
		f.Stages = append(f.Stages, versioning.Stage{Name: string(info.Verdict)})
		row.Cells = append(row.Cells, matrix.Cell{Family: "all", Recording: "x", Stage: string(info.Verdict),
			Result: resultOf(info.Verdict, "what is wrong")})
	}
	got := asText(t, text.Options{All: true}, &matrix.Matrix{Family: f, Rows: []matrix.Row{row}})
	compareGolden(t, "all-verdicts.txt", got)
	for _, info := range replay.Verdicts() {
		require.Contains(t, got, info.Doc)
	}
	none := asText(t, text.Options{})
	require.NotContains(t, none, replay.Safe.Info().Doc)
}

func TestWriteError(t *testing.T) {
	t.Parallel()
	full := errors.New("no space left on device")
	m := judge(t, patching.Family, matrix.Options{}, func(i int, _ *history.Source) bool { return i == 0 })
	require.ErrorIs(t, text.Write(failing{full}, text.Options{}, m), full)
	require.EqualError(t, text.Write(failing{full}, text.Options{}, m), "writing the matrix: no space left on device")
	require.EqualError(t, document.Write(failing{full}, m), "writing the matrix as JSON: no space left on device")
	require.EqualError(t, golden.Write(failing{full}, m), "writing the verdicts of patching: no space left on device")
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestDownloadedInDocs keeps what the docs quote what is printed.
func TestDownloadedInDocs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/recording.md")
	require.NoError(t, err)
	printed, err := os.ReadFile("testdata/downloaded.txt")
	require.NoError(t, err)
	_, line, found := strings.Cut(string(printed), "\ndeploy patch-deprecated: ")
	require.True(t, found)
	line, _, _ = strings.Cut(line, "\nroll back ")
	require.Contains(t, string(page), "\ndeploy patch-deprecated: "+line+"\n")
}
