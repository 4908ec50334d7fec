package cache

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
)

const (
	nameSize  = 32
	extension = ".rows"
)

// What Trim leaves, at the most. A family of 500 recordings takes some MB for each
// build of the program.
const (
	maxAge     = 14 * 24 * time.Hour
	maxSize    = 256 << 20
	abandoned  = time.Hour
	tagFile    = "CACHEDIR.TAG"
	tagContent = "Signature: 8a477f597d28d172789f06886806bc55\n" +
		"# This folder keeps verdicts of replaymatrix, and can be deleted at any time.\n" +
		"# They hold values from Event Histories. See docs/cache.md.\n"
)

var packName = regexp.MustCompile(`^[0-9a-f]{32}\.rows$`)

// replace writes a file that only its owner can read: rows hold what workflows
// were called with.
func replace(path string, data []byte) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	// The convention of bford.info/cachedir: backups leave the folder out.
	if tag := filepath.Join(folder, tagFile); !exists(tag) {
		if err := os.WriteFile(tag, []byte(tagContent), 0o600); err != nil {
			return err
		}
	}
	return wholefile.Replace(path, 0o600, data)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Trim removes the files that were not used for two weeks. If the other files take more than 256
// MB, Trim removes the oldest ones until they do not. It touches only files of this package. A file
// whose time has not come yet, because a clock was changed, gets a time from which it ages. Call
// Trim once, after all rows are added.
func (s *Store) Trim() error { return trim(s.folder, time.Now(), maxSize) }

func trim(folder string, now time.Time, limit int64) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	type dated struct {
		fs.FileInfo
		age time.Duration
	}
	var packs []dated
	size := int64(0)
	var errs []error
	remove := func(info fs.FileInfo) { errs = append(errs, os.Remove(filepath.Join(folder, info.Name()))) }
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue // another process was faster
		}
		isPack, isHalf := packName.MatchString(info.Name()), packName.MatchString(wholefile.Of(info.Name()))
		age := now.Sub(info.ModTime())
		if age < -used && (isPack || isHalf) {
			age = 0
			if isPack {
				// When it was used is not known, and those that this run has used are to stay longer: they are at most as old.
				age = used
			}
			errs = append(errs, os.Chtimes(filepath.Join(folder, info.Name()), time.Time{}, now.Add(-age)))
		}
		switch {
		case isPack && age <= maxAge:
			packs = append(packs, dated{info, age})
			size += info.Size()
		case isPack, isHalf && age > abandoned:
			remove(info)
		}
	}
	slices.SortFunc(packs, func(a, b dated) int { return cmp.Compare(b.age, a.age) })
	for _, info := range packs {
		if size <= limit {
			break
		}
		remove(info)
		size -= info.Size()
	}
	return errors.Join(errs...)
}
