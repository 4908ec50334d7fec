package caught_test

import (
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/caught"
)

func TestDo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		do   func()
		want string
		is   error
		why  string
	}{
		{"nothing", func() {}, "", nil, "what does not panic has no error"},
		{"text", func() { panic("no such thing") }, `^reading x: panic: no such thing at caught/caught_test\.go:\d+$`, nil, "the place is that of the panic"},
		{"error", func() { panic(io.ErrUnexpectedEOF) }, `^reading x: panic: unexpected EOF at caught/caught_test\.go:\d+$`, io.ErrUnexpectedEOF, "it can be asked for"},
		{"index", func() { _ = []int{}[len(t.Name())] }, `^reading x: panic: runtime error: index out of range.* at caught/caught_test\.go:\d+$`, nil, "the runtime's own frames are nobody's place"},
		{"nil", func() { var e error; _ = e.Error() }, `^reading x: panic: .*nil pointer.* at caught/caught_test\.go:\d+$`, nil, "a signal is no place either"},
		{"panics when it is printed", func() { panic(bad{}) }, `^reading x: panic: .*PANIC=Error method.* at `, nil, "a value of a user's may be of any type"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := caught.Do("reading x", tt.do)
			if tt.want == "" {
				require.NoError(t, err, tt.why)
				return
			}
			require.Regexp(t, tt.want, err.Error(), tt.why)
			if tt.is != nil {
				require.ErrorIs(t, err, tt.is, tt.why)
			}
			var p *caught.Panic
			require.True(t, errors.As(err, &p))
			require.Contains(t, p.StackTrace(), "caught_test.go")
		})
	}
}

type bad struct{}

func (bad) Error() string { panic("again") }
