package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// unusing has stages whose code nobody uses all of.
func unusing() *matrix.Matrix {
	offers := []replay.Offer{
		{Kind: replay.OfferedSignal, Name: "hurry"}, {Kind: replay.OfferedSignal, Name: "order\x1b[31m"},
		{Kind: replay.OfferedUpdate, Name: "discount"},
		{Kind: replay.OfferedQuery, Name: "state", Used: true}, {Kind: replay.OfferedQueryWithArguments, Name: "item"},
	}
	var many []replay.Offer
	for i := range 12 {
		many = append(many, replay.Offer{Kind: replay.OfferedSignal, Name: fmt.Sprintf("parcel-%02d", i)})
	}
	f := &versioning.Family{Name: "order", Doc: "An order."}
	row := matrix.Row{Recording: "a"}
	for name, offers := range map[string][]replay.Offer{"v1": offers, "v2": offers, "v3": many} {
		row.Cells = append(row.Cells,
			matrix.Cell{Family: "order", Recording: "a", Stage: name,
				Result: replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Offers: offers}}})
	}
	for _, name := range []string{"v1", "v2", "v3"} {
		f.Stages = append(f.Stages, versioning.Stage{Name: name})
	}
	return &matrix.Matrix{Family: f, Rows: []matrix.Row{row}}
}

// TestUnused shows what no replay uses in each form.
func TestUnused(t *testing.T) {
	t.Parallel()
	m := unusing()
	got := asText(t, text.Options{All: true}, m)
	require.Contains(t, got, `
No replay uses:
  v1, v2: signals hurry, order\x1b[31m; update discount; query item (with arguments, so no replay
    asks)
  v3: signals parcel-00, parcel-01, parcel-02, parcel-03, parcel-04, parcel-05, parcel-06,
    parcel-07, and 4 more
`)
	same := unusing()
	same.Rows[0].Cells = same.Rows[0].Cells[:0]
	for _, stage := range same.Family.StageNames() {
		same.Rows[0].Cells = append(same.Rows[0].Cells,
			matrix.Cell{Family: "order", Recording: "a", Stage: stage, Result: replay.Result{
				Verdict:  replay.Safe,
				Evidence: replay.Evidence{Offers: []replay.Offer{{Kind: replay.OfferedUpdate, Name: "discount"}}},
			}})
	}
	require.Contains(t, asText(t, text.Options{All: true}, same), "\nNo replay uses:\n  every stage: update discount\n",
		"once for all")

	require.Contains(t, limited(t, 100_000, m), "`v1`, `v2`: signals hurry, order&#92;x1b&#91;31m; update "+
		"discount; query item (with arguments, so no replay asks)")
	require.Contains(t, asPage(t, page.Options{}, m),
		`<li>v1, v2: signals hurry, order\x1b[31m; update discount; query item (with arguments, so no replay asks)</li>`)

	var b bytes.Buffer
	require.NoError(t, document.Write(&b, m))
	var document struct {
		Families []struct{ Coverage, Unused []any }
	}
	require.NoError(t, json.Unmarshal(b.Bytes(), &document))
	require.Empty(t, document.Families[0].Coverage, "nothing of it is a branch of GetVersion")
	want := map[string]any{"stage": "v2", "names": []any{
		map[string]any{"kind": "signal", "name": "hurry"}, map[string]any{"kind": "signal", "name": "order\x1b[31m"},
		map[string]any{"kind": "update", "name": "discount"},
		map[string]any{"kind": "query with arguments", "name": "item"},
	}}
	if diff := cmp.Diff(want, document.Families[0].Unused[1]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
