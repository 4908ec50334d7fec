package replaytest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// today is what somebody begins with: one stage.
var today = &versioning.Family{
	Name: "order", Doc: "x", WorkflowTypes: []string{patching.WorkflowType},
	Stages: []versioning.Stage{patching.Family.Stages[1]},
}

// TestGarbage is a folder into which people have saved all kinds of things: each of
// them is told with its reason, and the rest is judged.
func TestGarbage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data, err := os.ReadFile("../../histories/patching/patched.completed.json")
	require.NoError(t, err)
	// As the Temporal CLI writes it.
	_, events, _ := strings.Cut(string(data), `"events":`)
	real := `{"events":` + events
	write := func(name, data string, size int64) {
		t.Helper()
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, []byte(data), 0o644))
		if size > 0 {
			require.NoError(t, os.Truncate(file, size)) // sparse: it takes no room
		}
	}

	write("4711.0199c3b0-5a00-7000-8000-0123456789ab.json", real, 0) // as pull names them
	write("order 4712 (1).json", real, 0)
	write("without-extension", real, 0)
	write("UPPER.JSON", real, 0)
	write("UPPER", "a note", 0)
	write("twice.json", real, 0)
	write("twice.json.gz", "", 0)
	write("README.md", "about the histories", 0)
	write(".gitkeep", "", 0)

	write("photo.png", "\x89PNG\r\n\x1a\n", 0)
	write("image.json", "\x89PNG\r\n\x1a\n", 0)
	write("truncated.json", real[:len(real)/2], 0)
	write("300-megabytes.json", "{", 300<<20)
	write("film.mp4", "\x00\x00\x00\x20ftypisom", 200<<20)
	write("empty.json", "", 0)
	write("java.json", strings.ReplaceAll(real, `"temporal-go"`, `"temporal-java"`), 0)

	const (
		show  = "temporal workflow show --workflow-id ID --output json"
		stray = "; if it is not meant to be a recording, move it, or let its name begin with an underscore"
	)
	want := []string{
		"300-megabytes@patched: unjudged: recording 300-megabytes.json: the file has 300 MB, more than the 256 MB " +
			"that are read; check that the file is a single workflow history",
		"UPPER (file)@patched: unjudged: recording UPPER: it stands for the same recording as UPPER.JSON; remove " +
			"one of the two",
		"empty@patched: unjudged: recording empty.json: the file is empty; download the history with: " + show,
		"film.mp4@patched: unjudged: recording film.mp4: the file is binary, but not protobuf of a workflow " +
			"history; download the history with: " + show + stray,
		"image@patched: unjudged: recording image.json: the file is not a workflow history but a PNG image; " +
			"download the history with: " + show,
		"java@patched: unjudged: event 4: the execution ran on the SDK temporal-java; replay it with that one",
		"photo.png@patched: unjudged: recording photo.png: the file is not a workflow history but a PNG image; " +
			"download the history with: " + show + stray,
		"truncated@patched: unjudged: recording truncated.json: event 6: the file stops at byte 3640, inside the " +
			"event; download the whole history with: " + show,
		"twice.json.gz@patched: unjudged: recording twice.json.gz: it stands for the same recording as " +
			"twice.json; remove one of the two",
	}
	p := replaytest.Params{Family: today, Recordings: os.DirFS(dir)}
	got, subtests := run(t.Context(), p, nil)
	var told []string
	for i, line := range want {
		told = append(told, fmt.Sprintf("Test: finding %d of 9: %s", i+1, strings.Replace(line, ": ", "\n", 1)))
	}
	for i, line := range want {
		name, _, _ := strings.Cut(line, ": ")
		told = append(told, fmt.Sprintf("%s: finding %d, told above: unjudged", name, i+1))
	}
	if diff := cmp.Diff(told, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	require.Len(t, subtests, len(want)+5, "and the five histories are safe")

	// Who knows of them says so.
	p.Want = verdicts{}
	for _, line := range want {
		name, _, _ := strings.Cut(line, ": ")
		p.Want[name] = replay.Unjudged
	}
	got, _ = run(t.Context(), p, nil)
	require.Empty(t, got)
}

// TestMuchGarbage is a folder in which each file is damaged in its own way: the first are told of, and
// the others listed.
func TestMuchGarbage(t *testing.T) {
	t.Parallel()
	data := folder(t, "patched.completed")["patched.completed.json"].Data
	fsys := fstest.MapFS{}
	const size = 40
	for i := range size {
		fsys[fmt.Sprintf("file-%02d.json", i)] = &fstest.MapFile{Data: data[:len(data)/3+i]}
	}
	got, subtests := run(t.Context(), replaytest.Params{Family: today, Recordings: fsys}, nil)
	require.Len(t, subtests, size)
	require.Len(t, got, 1+10+1+size, "the sum, ten findings, the list, and each cell, as this T cannot skip")
	require.Contains(t, got[0], "40 of 40 cells fail. What fails alike is told once, and the subtests of 35 cells are "+
		"skipped: go test -v names them")
	require.Contains(t, got[10], "finding 10 of 40: file-09@patched\nunjudged: ")
	lines := strings.Split(got[11], "\n")
	require.Len(t, lines, 1+20+1)
	require.Equal(t, "Test: more findings:", lines[0])
	require.Contains(t, lines[1], "11: 1 cell, file-10@patched: unjudged: recording file-10.json: ")
	require.Equal(t, "and 10 more: go test -v names their cells", lines[21])
	require.Contains(t, got[12], "file-00@patched: finding 1, told above: unjudged")
	require.Contains(t, got[1+10+1+size-1], "file-39@patched: fails: unjudged: recording file-39.json: ")
}
