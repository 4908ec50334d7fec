package cache

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"time"
)

// started is a moment of this process before which its executable was written.
var started = time.Now()

// program returns the hash of the executable that runs: of all code in it, its
// version of the SDK and of this module, and what it embeds.
func program() (digest, error) {
	f, err := running()
	if err != nil {
		return digest{}, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{f}, make([]byte, 1<<20)); err != nil {
		return digest{}, err
	}
	return digest(h.Sum(nil)), nil
}

// running opens the executable. Its path can lead to another file by now, since a
// build replaces it while the old one still runs; what Linux has in /proc is the
// file that runs, whatever became of its name. Elsewhere a newer file is refused.
func running() (*os.File, error) {
	if f, err := os.Open("/proc/self/exe"); err == nil {
		return f, nil
	}
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.ModTime().Before(started) {
		err = errors.New("the executable was replaced after it was started")
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
