package redact

import (
	"cmp"

	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/caught"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Unread returns the number of payloads in the recording that nothing decodes, not even the data
// converter of the config. Recording replaces such a payload by random bytes of the same encoding.
// So an original with fewer of them than its redacted copy can be redacted better now. Unread
// returns 0 if the data converter panics.
func Unread(r *history.Recording, config replay.Config) (unread int) {
	visit := func(l leaf) string {
		if l.class == opaque {
			unread++
		}
		return l.value
	}
	// Recording says what panics. Nothing is known to be unread until then.
	if caught.Do("reading the payloads of "+r.String(), func() {
		dc := workersConverter(config.Worker, r, cmp.Or(r.Namespace, config.DefaultNamespace))
		w := &walker{codec: codec{dc}, names: names(r.History.GetEvents()), visit: visit}
		w.history(proto.CloneOf(r.History))
	}) != nil {
		return 0
	}
	return unread
}
