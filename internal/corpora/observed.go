package corpora

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// Observed is an execution of which live Workers were observed, with its whole history: first under
// one stage, then under another.
type Observed struct {
	history.Observation
	Recording *history.Recording
}

// observedLine is a line of the file.
type observedLine struct {
	Observation history.Observation `json:"observation"`
	History     json.RawMessage     `json:"history"`
}

// observedFile is the path of the observed histories of the family. They are evidence for tests, and
// in no binary.
func (c Corpus) observedFile() string {
	name := strings.ReplaceAll(c.Family.Name, "/", ".") + ".jsonl.gz"
	return filepath.Join(root(), "testdata", "observed", name)
}

// WriteObserved writes the observed histories of the family.
func (c Corpus) WriteObserved(list []Observed) error {
	slices.SortFunc(list, func(a, b Observed) int { return strings.Compare(a.name(), b.name()) })
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	for _, o := range list {
		encoded, err := history.Encode(o.Recording)
		if err != nil {
			return fmt.Errorf("writing the observed histories of %s: %w", c.Family.Name, err)
		}
		line, err := json.Marshal(observedLine{o.Observation, encoded})
		if err != nil {
			return fmt.Errorf("writing the observed histories of %s: %w", c.Family.Name, err)
		}
		if _, err := z.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(c.observedFile()), 0o755); err != nil {
		return err
	}
	return os.WriteFile(c.observedFile(), packed.Bytes(), 0o644)
}

// Observed reads the observed histories of the family. There are none if nobody has observed it.
func (c Corpus) Observed() (list []Observed, err error) {
	packed, err := os.Open(c.observedFile())
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var line observedLine
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("%s: %w", c.observedFile(), err)
		}
		o := Observed{Observation: line.Observation}
		if o.Recording, err = history.Decode(o.name()+".json", line.History); err != nil {
			return nil, fmt.Errorf("%s: %w", c.observedFile(), err)
		}
		list = append(list, o)
	}
	return list, lines.Err()
}

// name tells the observations of a family apart.
func (o Observed) name() string {
	return o.From + "+" + o.To + "." + o.Scenario + "-" + string(o.Task)
}
