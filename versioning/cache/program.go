package cache

import (
	"crypto/sha256"
	"debug/buildinfo"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
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
	if err := isOurs(f); err != nil {
		return digest{}, err
	}
	info, err := f.Stat()
	if err != nil {
		return digest{}, err
	}
	return hashAll(f, info.Size(), 4<<20)
}

// hashAll hashes parts of the file side by side, and then their hashes: a program
// of 40 MB takes 30 ms otherwise, which is half of the time of a small family.
func hashAll(f io.ReaderAt, size int64, part int64) (digest, error) {
	sums := make([]string, (size+part-1)/part)
	errs := make([]error, len(sums))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(sums)) {
		workers.Go(func() {
			buffer := make([]byte, 256<<10)
			for i := next.Add(1) - 1; i < int64(len(sums)); i = next.Add(1) - 1 {
				h := sha256.New()
				n, err := io.CopyBuffer(h, io.NewSectionReader(f, i*part, min(part, size-i*part)), buffer)
				if err == nil && n != min(part, size-i*part) {
					err = io.ErrUnexpectedEOF
				}
				sums[i], errs[i] = string(h.Sum(nil)), err
			}
		})
	}
	workers.Wait()
	return hash(append(sums, strconv.FormatInt(size, 10))...), errors.Join(errs...)
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

// isOurs returns an error if the file is of another program than this process: an
// emulator can be what the system takes for the executable, and has the same hash
// whatever it runs.
func isOurs(f io.ReaderAt) error {
	running, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("the program does not say what it was built from")
	}
	stored, err := buildinfo.Read(f)
	if err != nil {
		return fmt.Errorf("the executable does not say what it was built from: %w", err)
	}
	if running.String() != stored.String() {
		return errors.New("the executable is of another program than the one that runs")
	}
	return nil
}
