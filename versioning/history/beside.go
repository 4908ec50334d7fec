package history

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// beside are the files that commonly lie in a folder of recordings, by their name without
// extension, and by their extension.
var (
	besideNames = map[string]bool{
		"manifest": true, "readme": true, "license": true, "notice": true, "changelog": true, "codeowners": true,
		"owners":   true,
		"makefile": true, "thumbs.db": true, "desktop.ini": true,
	}
	besideExtensions = map[string]bool{
		".md": true, ".go": true, ".mod": true, ".sum": true, ".sha256": true, ".matrix": true, ".places": true,
		".golden": true, ".txtar": true,
		".bak": true, ".orig": true, ".tmp": true, ".part": true, ".crdownload": true,
	}
)

// isBeside reports whether Dir leaves the file out.
func isBeside(base string) bool {
	lower := strings.ToLower(base)
	ext := path.Ext(lower)
	name, isRecording := trimExtension(lower)
	switch {
	case strings.HasPrefix(base, "."), strings.HasPrefix(base, "_"):
		return true
	case isRecording:
		return reserved[name]
	default:
		return besideNames[lower] || besideNames[strings.TrimSuffix(lower, ext)] || besideExtensions[ext] ||
			strings.HasSuffix(lower, "~")
	}
}

// isFolder reports whether a file that is not a regular one leads to a folder.
func isFolder(fsys fs.FS, file string, entry fs.DirEntry) bool {
	if entry.Type().IsRegular() {
		return false
	}
	info, err := stat(fsys, file)
	return err == nil && info.IsDir()
}

// stray adds to the error of a file that does not have the extension of a recording what to do if
// it is none.
func stray[T any](load func() (T, error)) func() (T, error) {
	return func() (T, error) {
		r, err := load()
		var format *FormatError
		if errors.As(err, &format) {
			err = fmt.Errorf("%w; if it is not meant to be a recording, move it, or let its name begin with an "+
				"underscore", err)
		}
		return r, err
	}
}
