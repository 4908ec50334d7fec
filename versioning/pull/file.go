package pull

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
)

// stored is the file of a run.
type stored struct {
	path string
	// there says that a file exists; recording is nil if it is damaged.
	there     bool
	recording *history.Recording
}

// look reads the file of the run whole: a name and a size say nothing about what
// another program, or a disk that was full, has left there.
func (o *Options) look(x Execution) (stored, error) {
	path, there := o.path(x, func(path string) bool {
		_, err := os.Lstat(path)
		return err == nil
	})
	if !there {
		return stored{path: path}, nil
	}
	r, err := history.ReadFile(os.DirFS(o.Dir), filepath.Base(path))
	var damaged *history.FormatError
	switch {
	case errors.As(err, &damaged), err == nil && r.RunID != x.RunID:
		return stored{path: path, there: true}, nil
	case err != nil:
		return stored{}, err
	}
	return stored{path, true, r}, nil
}

// keeps reports whether the file may stay if the history has not changed.
func (o *Options) keeps(s stored) bool {
	switch {
	case s.recording == nil:
		return false
	case o.Keep != nil:
		return o.Keep(s.recording)
	default:
		return o.Transform == nil
	}
}

// stays reports whether the file may stay although it does not hold what the service has: it went through a Transform.
func (o *Options) stays(s stored, r *history.Recording, keep bool) bool {
	switch {
	case s.recording == nil:
		return false
	case keep:
		return o.Transform != nil && s.covers(r)
	default:
		return o.Replace != nil && s.covers(r) && !o.Replace(s.recording, r)
	}
}

// unchanged reports whether the recording says no more than the file. Fewer events come of a
// replica that lags behind.
func (s stored) unchanged(r *history.Recording) bool {
	was, is := s.recording.History, r.History
	if len(is.GetEvents()) < len(was.GetEvents()) && !r.Closed() {
		return true
	}
	return proto.Equal(was, is)
}

// covers reports whether the file was made of all these events, or of more. It is for files
// that went through a Transform: what is in their events is not what the service has, but
// events that are there once never change.
func (s stored) covers(r *history.Recording) bool {
	was, is := s.recording.History.GetEvents(), r.History.GetEvents()
	if len(is) > len(was) || len(is) < len(was) && r.Closed() {
		return false
	}
	return slices.EqualFunc(was[:len(is)], is, func(a, b *historypb.HistoryEvent) bool {
		return a.GetEventId() == b.GetEventId() && a.GetEventType() == b.GetEventType() &&
			proto.Equal(a.GetEventTime(), b.GetEventTime())
	})
}

// stays says that there is a file besides the error, which may be an older one or an
// original.
func (s stored) stays(err error) error {
	if err == nil || !s.there {
		return err
	}
	return fmt.Errorf("%w; %s is left as it was", err, s.path)
}

// write tries twice, because a pull into the same folder that begins in this moment
// takes the temporary file for a leftover.
func write(path string, r *history.Recording) error {
	err := history.WriteFile(path, r)
	if errors.Is(err, fs.ErrNotExist) {
		err = history.WriteFile(path, r)
	}
	return err
}

// sweep removes what a pull that was killed has left. Nothing takes it for a
// recording, so what cannot be removed may stay.
func (o *Options) sweep() error {
	dir, err := os.Open(o.Dir)
	if err != nil {
		return err
	}
	defer dir.Close()
	var left []string
	for {
		entries, err := dir.ReadDir(1000)
		for _, entry := range entries {
			if pulled.MatchString(wholefile.Of(entry.Name())) && entry.Type().IsRegular() {
				left = append(left, strings.Clone(entry.Name()))
			}
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			for _, name := range left {
				os.Remove(filepath.Join(o.Dir, name))
			}
			return err
		}
	}
}
