package cache

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTrim(t *testing.T) {
	t.Parallel()
	now := time.Now()
	dir := t.TempDir()
	const a, b, c, d = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.rows", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.rows",
		"cccccccccccccccccccccccccccccccc.rows", "dddddddddddddddddddddddddddddddd.rows"
	const killed, writing = "." + a + ".123", "." + b + ".456"
	for _, f := range []struct {
		name string
		age  time.Duration
		size int
	}{
		{a, 15 * 24 * time.Hour, 1},
		{b, 13 * 24 * time.Hour, 60},
		{c, time.Hour, 60},
		{d, 0, 40},
		{killed, 2 * time.Hour, 500},
		{writing, time.Minute, 500},
		{".notes.rows.789", 100 * 24 * time.Hour, 500},
		{"notes.rows", 100 * 24 * time.Hour, 500},
		{"README.md", 100 * 24 * time.Hour, 500},
		{tagFile, 100 * 24 * time.Hour, 500},
	} {
		path := filepath.Join(dir, f.name)
		require.NoError(t, os.WriteFile(path, make([]byte, f.size), 0o600))
		require.NoError(t, os.Chtimes(path, now.Add(-f.age), now.Add(-f.age)))
	}
	require.NoError(t, os.Mkdir(filepath.Join(dir, "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee.rows"), 0o700))

	require.NoError(t, trim(dir, now, 160))
	require.NoFileExists(t, filepath.Join(dir, a), "not used for two weeks")
	require.NoFileExists(t, filepath.Join(dir, killed), "left by a process that was killed")
	for _, name := range []string{b, c, d, writing, ".notes.rows.789", "notes.rows", "README.md", tagFile} {
		require.FileExists(t, filepath.Join(dir, name))
	}
	require.NoError(t, trim(dir, now, 100))
	require.NoFileExists(t, filepath.Join(dir, b), "the one that was used last of all goes first")
	require.FileExists(t, filepath.Join(dir, c))
	require.NoError(t, trim(dir, now, 0))
	require.NoFileExists(t, filepath.Join(dir, d))
	require.FileExists(t, filepath.Join(dir, "notes.rows"), "not one of ours")
	require.Error(t, trim(filepath.Join(dir, "missing"), now, 0))
}

func TestReplace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "new", "verdicts", "x.rows")
	for _, content := range []string{"one", "two"} {
		require.NoError(t, replace(path, []byte(content)))
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, content, string(data))
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 2, "the file and the tag, and nothing that is half written")
	if runtime.GOOS != "windows" {
		for name, want := range map[string]fs.FileMode{path: 0o600, filepath.Dir(path): 0o700,
			filepath.Dir(filepath.Dir(path)): 0o700} {
			info, err := os.Stat(name)
			require.NoError(t, err)
			require.Equal(t, want, info.Mode().Perm(), "rows hold what workflows were called with: %s", name)
		}
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	require.Error(t, replace(filepath.Join(dir, "file", "verdicts", "x.rows"), nil), "no folder can be made there")
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(Variable, "off")
	_, err := folder()
	require.ErrorIs(t, err, ErrOff)
	t.Setenv(Variable, dir)
	got, err := folder()
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, "verdicts"), got)
	t.Setenv(Variable, "cache")
	_, err = folder()
	require.EqualError(t, err, `REPLAYMATRIX_CACHE is "cache": set it to the full path of a folder, or to off`)
	require.NotErrorIs(t, err, ErrOff)

	t.Setenv(Variable, "")
	if runtime.GOOS != "linux" {
		return
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", dir)
	got, err = folder()
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, ".cache", "replaymatrix", "verdicts"), got)
	for _, home := range []string{"", filepath.Join(dir, "missing")} {
		t.Setenv("HOME", home)
		_, err = folder()
		require.ErrorIs(t, err, ErrOff, "HOME=%q", home)
	}
	require.NoDirExists(t, filepath.Join(dir, "missing"))
}

func TestProgram(t *testing.T) {
	t.Parallel()
	file, err := os.Executable()
	require.NoError(t, err)
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	want, err := hashAll(bytes.NewReader(data), int64(len(data)), 4<<20)
	require.NoError(t, err)
	got, err := program()
	require.NoError(t, err)
	require.Equal(t, want, got)
}

// TestHashAll changes each byte of small files, and their sizes: all hashes differ.
func TestHashAll(t *testing.T) {
	t.Parallel()
	seen := map[digest]string{}
	for size := range 14 {
		for at := range size + 1 { // the last one changes nothing
			data := make([]byte, size+1)
			if at < size {
				data[at] = 1
			}
			sum, err := hashAll(bytes.NewReader(data), int64(size), 4)
			require.NoError(t, err)
			require.Empty(t, seen[sum])
			seen[sum] = fmt.Sprint(size, at)
		}
	}
	_, err := hashAll(bytes.NewReader(make([]byte, 9)), 10, 4)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF, "the file has become shorter")
}

// TestIsOurs takes another program for ours, as with an emulator.
func TestIsOurs(t *testing.T) {
	t.Parallel()
	f, err := running()
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, isOurs(f))
	require.ErrorContains(t, isOurs(strings.NewReader("\x7fELF")), "the executable does not say what it was built from")

	other, err := exec.LookPath("go")
	require.NoError(t, err)
	g, err := os.Open(other)
	require.NoError(t, err)
	defer g.Close()
	require.EqualError(t, isOurs(g), "the executable is of another program than the one that runs")
}

// TestDocumented compares the list of docs/cache.md with the one that is used.
func TestDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/cache.md")
	require.NoError(t, err)
	_, list, found := strings.Cut(string(page), "terminal or run of a pipeline to the next: ")
	require.True(t, found)
	list, _, _ = strings.Cut(list, ".\n")
	var documented []string
	for name := range strings.SplitSeq(list, ",") {
		documented = append(documented, strings.Trim(strings.TrimSpace(name), "`"))
	}
	require.ElementsMatch(t, passing, documented)
}
