package history_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestFoldersBelow names the folders that have histories in them, and no others.
func TestFoldersBelow(t *testing.T) {
	t.Parallel()
	data := showJSON(t, activityHistory(1))
	binary, err := proto.Marshal(&historypb.History{Events: activityHistory(1).Events})
	require.NoError(t, err)
	for _, tt := range []struct {
		name  string
		files map[string][]byte
		want  []string
		err   string
		why   string
	}{
		{"a history", map[string][]byte{"a.json": data, "2024/b.json": data}, []string{"2024 (folder)", "a"}, "",
			"it would be missed"},
		{"deep", map[string][]byte{"a.json": data, "2024/05/b": binary}, []string{"2024 (folder)", "a"}, "",
			"it would be missed"},
		{"compressed", map[string][]byte{"a.json": data, "old/b.json.gz": zip(t, data)}, []string{"a", "old (folder)"},
			"", "it would be missed"},
		{"something else", map[string][]byte{"a.json": data, "fuzz/seed": []byte("go test fuzz v1"),
			"golden/x.json": []byte(`{"name": "x"}`), "docs/README.md": data},
			[]string{"a"}, "", "folders of other tests"},
		{"hidden", map[string][]byte{"a.json": data, ".git/b.json": data, "_old/b.json": data, "x/.cache/b.json": data,
			"y/_old/b.json": data}, []string{"a"}, "", "as files are"},
		{"nothing else", map[string][]byte{"2023/a.json": data, "2024/b.json": data}, nil,
			"listing recordings in .: no recordings: expected files that end in .json, .json.gz, .pb, .binpb or " +
				".pb.gz; there are histories in folders below, which are not read: 2023, 2024",
			"nothing is judged, and they are named"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			root := t.TempDir()
			for name, data := range tt.files {
				require.NoError(t, os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o755))
				require.NoError(t, os.WriteFile(filepath.Join(root, name), data, 0o644))
			}
			sources, err := history.Dir(os.DirFS(root), ".")
			if tt.err != "" {
				require.ErrorIs(t, err, history.ErrNoRecordings)
				require.EqualError(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			var names []string
			for _, s := range sources {
				names = append(names, s.Name)
				_, err := s.Load()
				if !s.Folder {
					require.NoError(t, err)
					continue
				}
				var format *history.FormatError
				require.ErrorAs(t, err, &format)
				require.Equal(t, history.KindFolder, format.Kind)
				require.Nil(t, s.Read)
			}
			require.Equal(t, tt.want, names, tt.why)
		})
	}
}

// TestFolderLink follows a link to a folder once.
func TestFolderLink(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "a.json"), showJSON(t, activityHistory(1)), 0o644))
	require.NoError(t, os.Symlink(".", filepath.Join(root, "again")))
	sources, err := history.Dir(os.DirFS(root), ".")
	require.NoError(t, err)
	require.Len(t, sources, 2)
	require.Equal(t, "again (folder)", sources[1].Name)
}
