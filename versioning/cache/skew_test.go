package cache

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

const (
	minute = time.Minute
	day    = 24 * time.Hour
	year   = 365 * day
)

// TestSkewedTrim has files whose times are of another clock: each goes in the end, and not before those that are in use.
func TestSkewedTrim(t *testing.T) {
	t.Parallel()
	const pack, half = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.rows", ".bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.rows.123"
	for _, tt := range []struct {
		name, file string
		age        time.Duration
		first      bool // whether it is there after the first run, and how long it stays if nobody uses it
		stays      time.Duration
		why        string
	}{
		{"used now", pack, 0, true, maxAge, "no skew"},
		{"used long ago", pack, maxAge + day, false, 0, "no skew"},
		{"of 1970", pack, 50 * year, false, 0, "unpacked from an archive, or a clock without a battery; a run that uses it marks it"},
		{"a minute ahead", pack, -minute, true, maxAge, "a file server has a clock of its own"},
		{"a day ahead", pack, -day, true, maxAge, "a clock in local time, put right"},
		{"years ahead", pack, -10 * year, true, maxAge, "it would stay for ten years and two weeks"},
		{"half written", half, minute, true, abandoned, "somebody writes it"},
		{"half written, a minute ahead", half, -minute, true, abandoned, "somebody writes it"},
		{"half written, years ahead", half, -10 * year, true, abandoned, "it is not known whether somebody writes it: an hour tells"},
		{"half written, long ago", half, 50 * year, false, 0, "nobody writes it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			now, dir := time.Now(), t.TempDir()
			path := dated(t, dir, tt.file, 1, now.Add(-tt.age))
			require.NoError(t, trim(dir, now, maxSize))
			require.Equal(t, tt.first, exists(path), tt.why)
			require.NoError(t, trim(dir, now.Add(tt.stays+used), maxSize))
			require.False(t, exists(path), tt.why)
		})
	}
}

// TestSkewedSize has no room for all files: one with a time that has not come yet is not in use because of that.
func TestSkewedSize(t *testing.T) {
	t.Parallel()
	const ahead, inUse, older = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.rows", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.rows",
		"cccccccccccccccccccccccccccccccc.rows"
	for _, tt := range []struct {
		name  string
		limit int64
		want  []string
		why   string
	}{
		{"room", 30, []string{ahead, inUse, older}, "nothing has to go"},
		{"no room for one", 20, []string{ahead, inUse}, "that it is older is known"},
		{"no room for two", 10, []string{inUse}, "the one that this run has used stays"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			now, dir := time.Now(), t.TempDir()
			dated(t, dir, ahead, 10, now.Add(10*year))
			dated(t, dir, inUse, 10, now.Add(-used/2)) // nobody marks a use twice in an hour
			dated(t, dir, older, 10, now.Add(-day))
			require.NoError(t, trim(dir, now, tt.limit))
			var left []string
			for _, name := range []string{ahead, inUse, older} {
				if exists(filepath.Join(dir, name)) {
					left = append(left, name)
				}
			}
			require.Equal(t, tt.want, left, tt.why)
		})
	}
}

// TestSkewedRows runs twice, and between the runs the clock is changed: the second finds the rows of the first,
// marks its use with its own clock, and waits for nothing.
func TestSkewedRows(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		age  time.Duration
		why  string
	}{
		{"went back a day", -day, "the file is of tomorrow"},
		{"went back years", -10 * year, "a clock that was far ahead for one run"},
		{"went ahead", day, "as if time had passed"},
		{"went ahead by years", 10 * year, "the use is marked before anybody trims"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			store := &Store{folder: filepath.Join(t.TempDir(), "verdicts")}
			cold := judge(t, store, patching.Family)
			file := onlyFile(t, store)
			require.NoError(t, os.Chtimes(file, time.Time{}, time.Now().Add(-tt.age)))

			begun := time.Now()
			warm := judge(t, store, unreplayable()) // only the cache can have its verdicts
			require.Equal(t, len(cold), len(warm))
			for i := range cold {
				for j := range cold[i].Cells {
					require.Equal(t, cold[i].Cells[j].Verdict, warm[i].Cells[j].Verdict, tt.why)
				}
			}
			info, err := os.Stat(file)
			require.NoError(t, err)
			require.WithinRange(t, info.ModTime(), begun.Add(-time.Second), time.Now().Add(time.Second), tt.why)
			require.NoError(t, store.Trim())
			require.FileExists(t, file, tt.why)
		})
	}
}

// dated writes a file that was used then.
func dated(t *testing.T, folder, name string, size int, at time.Time) (path string) {
	t.Helper()
	path = filepath.Join(folder, name)
	require.NoError(t, os.WriteFile(path, make([]byte, size), 0o600))
	require.NoError(t, os.Chtimes(path, time.Time{}, at))
	return path
}
