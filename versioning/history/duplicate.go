package history

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// rank orders the files that stand for one name: those without extension come last, as they may be
// anything.
func rank(file string) int {
	base := path.Base(file)
	name, _ := trimExtension(base)
	if i := slices.Index(extensionsByUse, strings.ToLower(base[len(name):])); i >= 0 {
		return i
	}
	return len(extensionsByUse)
}

// extensionsByUse are those of recordings, those that people write first.
var extensionsByUse = []string{".json", ".json.gz", ".pb", ".binpb", ".pb.gz"}

// setDuplicatesApart names all files but the first of those that stand for one name after
// themselves, and has them give the reason instead of a recording. The sources are sorted by name
// and rank.
func setDuplicatesApart(sources []Source) {
	taken := map[string]bool{}
	for _, s := range sources {
		taken[s.Name] = true
	}
	var first Source
	for i := range sources {
		s := &sources[i]
		if i == 0 || s.Name != first.Name {
			first = *s
			continue
		}
		// A file without extension is called as the recording that it is in the way of.
		for s.Name = path.Base(s.Path); taken[s.Name]; {
			s.Name += " (file)"
		}
		taken[s.Name] = true
		err := &FormatError{Path: s.Path, Kind: KindDuplicateName,
			Detail: fmt.Sprintf("it stands for the same recording as %s", first.Path)}
		s.Load, s.Read, s.Weigh = func() (*Recording, error) { return nil, err }, nil, nil
	}
}
