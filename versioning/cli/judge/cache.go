package judge

import (
	"errors"
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cache"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// kept is the cache of one run of the command. Without a store it keeps nothing.
type kept struct {
	store  *cache.Store
	key    string
	prove  bool
	proofs []*cache.Proof
	judged int
}

// openCache returns the cache that this run uses. The command that a test calls has
// none: verdicts in tests are those of go test, which has a cache of its own.
func (c commands) openCache(prove bool) (*kept, error) {
	k := &kept{key: c.cacheKey, prove: prove}
	if c.Program == "" {
		return k, nil
	}
	var err error
	var shared *cache.SharedError
	switch k.store, err = cache.Open(); {
	case errors.Is(err, cache.ErrOff):
		return k, nil
	case errors.As(err, &shared):
		fmt.Fprintf(c.Stderr, "note: %v\n", err)
		return k, nil
	}
	return k, err
}

// rows returns what is kept of the family, nil if nothing can be, and a function
// to call with its matrix. Explanations are not kept.
func (k *kept) rows(f *versioning.Family, opts *matrix.Options) (matrix.Cache, func(*matrix.Matrix)) {
	if k.store == nil || opts.Each != nil {
		return nil, func(*matrix.Matrix) {}
	}
	rows := k.store.Rows(cache.Inputs{Family: f, Config: opts.Config, Rehearse: opts.Rehearse, Key: k.key})
	if rows == nil {
		return nil, func(*matrix.Matrix) {}
	}
	if k.prove {
		k.proofs = append(k.proofs, rows.Prove())
	}
	return rows, func(m *matrix.Matrix) {
		for range m.Cells() {
			k.judged++
		}
		// A folder that cannot be written to costs time, and no verdict.
		_ = rows.Close()
	}
}

// close is called after the last family.
func (k *kept) close() {
	if k.store != nil && !k.prove {
		_ = k.store.Trim()
	}
}

// proven says on standard error what judging anew has shown, and returns a
// *cache.RefutedError if it was that the cache is wrong.
func (c commands) proven(k *kept) error {
	var all cache.Proof
	for _, p := range k.proofs {
		all.Same += p.Same
		all.Refuted = append(all.Refuted, p.Refuted...)
	}
	if err := all.Err(); err != nil {
		return err
	}
	switch {
	case !k.prove:
	case len(k.proofs) == 0:
		fmt.Fprintln(c.Stderr, "note: judged everything anew; there is no cache to compare it with")
	default:
		fmt.Fprintf(c.Stderr, "note: judged %s anew; the cache has %d of them, all the same\n",
			shell.Counted(k.judged, "cell"), all.Same)
	}
	return nil
}
