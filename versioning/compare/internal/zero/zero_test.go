package zero

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

type item struct {
	Name string `json:"name"`
}

type order struct {
	Amount int      `json:"amount,omitempty"`
	Note   *string  `json:"note,omitempty"`
	Items  []item   `json:"items"`
	Any    any      `json:"any"`
	By     []string `json:"by"`
}

// TestMembers is about members that one side does not have, beside a zero on the other.
func TestMembers(t *testing.T) {
	t.Parallel()
	dc := converter.GetDefaultDataConverter()
	encoded := func(json string) *commonpb.Payload {
		return &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("json/plain")}, Data: []byte(json)}
	}
	for _, tt := range []struct {
		recorded, now string
		members       []Member
		becomes, why  string
	}{
		{`{}`, `{"amount": 0}`, []Member{{Path: ".amount", Now: "0"}}, `{}`, "whoever reads it gets 0"},
		{`{"amount": 0}`, `{}`, []Member{{Path: ".amount", Recorded: "0"}}, `{"amount":0}`, "and so the other way"},
		{`{}`, `{"amount": 1}`, nil, "", "that is a difference"},
		{`{}`, `{"note": null}`, nil, "", "a pointer can tell nil from absent"},
		{`{}`, `{"any": 0}`, nil, "", "and so can an interface"},
		{`{}`, `{"other": 0}`, nil, "", "the type does not have it"},
		{`{"by": null}`, `{"by": []}`, []Member{{Path: ".by", Recorded: "null", Now: "[]"}},
			`{"by":null}`, "both are read as a list with nothing in it"},
		{`{"items": [{}]}`, `{"items": [{"name": ""}]}`, []Member{{Path: ".items[0].name", Now: `""`}},
			`{"items":[{}]}`, "within elements too"},
		{`{"items": []}`, `{"items": [{}]}`, nil, "", "an element is no member"},
	} {
		value, members := Members(payload.Decoder{}, dc, reflect.TypeFor[order](), encoded(tt.recorded),
			encoded(tt.now))
		if diff := cmp.Diff(tt.members, members); diff != "" {
			t.Errorf("%s and %s, %s (-want +got):\n%s", tt.recorded, tt.now, tt.why, diff)
		}
		if len(members) > 0 {
			require.Equal(t, tt.becomes, payload.JSON(value), tt.why)
		}
	}
}
