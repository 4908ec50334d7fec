package mutate_test

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/mutate"
)

// TestEvents holds that the same bytes give the same events, that the recording stays as it is, and that most bytes change
// something.
func TestEvents(t *testing.T) {
	t.Parallel()
	r, err := history.ReadFile(os.DirFS("../../../histories/patching"), "patched.completed.json")
	require.NoError(t, err)
	before := proto.CloneOf(r.History)
	same := 0
	const tries = 2000
	for seed := range uint64(tries) {
		random := rand.New(rand.NewPCG(seed, 0))
		how := make([]byte, 5*(1+random.IntN(mutate.Most)))
		for i := range how {
			how[i] = byte(random.Uint32())
		}
		got := &historypb.History{Events: mutate.Events(r.History.Events, how)}
		again := &historypb.History{Events: mutate.Events(r.History.Events, how)}
		require.True(t, proto.Equal(got, again), "%x", how)
		require.True(t, proto.Equal(before, r.History), "%x", how)
		if proto.Equal(got, before) {
			same++
		}
	}
	require.Less(t, same, tries/10)
	require.Equal(t, before.String(), (&historypb.History{Events: mutate.Events(r.History.Events, nil)}).String())
}
