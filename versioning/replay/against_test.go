package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestAgainst compares the results of two revisions of the code.
func TestAgainst(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name           string
		file           string
		code, was      any
		want           replay.Verdict
		event          int64
		text, findings string
		why            string
	}{
		{"renamed", "signal-renamed", listens("order-paid"), listens("paid"), replay.Nondeterministic, 11,
			"history has signal paid (event 11), which the code that ran took; this code has not taken it by the end " +
				"of the replay; the code listens to order-paid; live it stays unread", "", "the revision took it"},
		{"both leave it", "signal-renamed", listens("order-paid"), listens("another"), replay.Safe, 0, "", "",
			"nothing has changed"},
		{"taken now", "signal-renamed", listens("paid"), listens("another"), replay.Safe, 0, "", "",
			"what is left is gone"},
		{"another type", "signal-type", paid[inCents], paid[int], replay.Undecodable, 11,
			"signal paid is 100, which does not decode into replay_test.inCents", "", "the revision could read it"},
		{"another type before too", "signal-type", paid[inCents], paid[inCents], replay.Safe, 0, "", "",
			"nothing has changed"},
		{"a revision that does not replay", "signal-renamed", listens("order-paid"), entity(1), replay.Safe, 0, "",
			"unread at event 11", "it is no reference, and the finding stays"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, tt.file)

			reference := replay.Judge(t.Context(), running(r, "today", tt.was), r, nil)
			got := replay.Judge(t.Context(), running(r, "today", tt.code), r, nil).Against(reference)
			require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
			require.Equal(t, tt.event, got.Place.Event)
			require.Contains(t, advice.Line(got), tt.text)
			if tt.findings == "" {
				require.Empty(t, got.Findings(), tt.why)
			} else {
				require.Contains(t, noted(got.Findings()[0]), tt.findings, tt.why)
			}
		})
	}
}
