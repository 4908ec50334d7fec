package exchange_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// FuzzRead reads what another process has left in each of its files: it is read, or an error says of which file it is.
func FuzzRead(f *testing.F) {
	for _, data := range []string{"", "{}", "[]", "null", `{"Version":3,"Phase":"judge","Sets":{"a":[{}]}}`, `{"ID":"a","Stages":[{"Doc":"v1"}]}`, `{"ID":"a","Name":"TestA","Stages":[{"Name":"v1"}],"Recordings":[{"Name":"x","File":"../x.json"}]}`,
		`[[{"Recording":"a","Cells":[{"Stage":"v1","Verdict":"safe"}]}]]`, `[{"Detail":"x"}]`} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		for _, name := range []string{"request.json", "tests/a/test.json", "verdicts/a.json", "explained/a.json"} {
			file := filepath.Join(dir, filepath.FromSlash(name))
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
			require.NoError(t, os.WriteFile(file, data, 0o644))
		}
		_, _ = exchange.ReadRequest(dir)
		_, _ = exchange.ReadExplained(dir, "a")
		tests, err := exchange.ReadTests(dir)
		if err == nil {
			require.Len(t, tests, 1)
			require.NotEmpty(t, tests[0].Deployed().Name)
			for _, r := range tests[0].Recordings {
				require.Equal(t, filepath.Join(exchange.Recorded(dir, "a"), r.File), exchange.Recorded(dir, "a")+strings.TrimSuffix("/"+r.File, "/"))
			}
		}
		sets, err := exchange.ReadVerdicts(dir, "a")
		if err != nil {
			return
		}
		for _, rows := range sets {
			for _, row := range rows {
				_, err := matrix.EncodeRow(row)
				require.NoError(t, err)
				for _, c := range row.Cells {
					require.NotEmpty(t, c.Verdict)
				}
			}
		}
	})
}
