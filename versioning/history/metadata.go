package history

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// metadataKey is the key of metadata in the file, beside "events".
const metadataKey = "replaymatrix"

// metadataVersion counts changes that an older reader would misread. New keys that it may ignore do
// not count.
const metadataVersion = 1

// metadata is what the file says of the recording. Family and name are not in it: they are where
// the file is.
type metadata struct {
	Version  int      `json:"version"`
	Lineage  []string `json:"lineage,omitempty"`
	Scenario string   `json:"scenario,omitempty"`
	// Preferred is read by who knows it, and changes nothing for who does not.
	Preferred     map[string]int `json:"preferred,omitempty"`
	WorkflowID    string         `json:"workflowId,omitempty"`
	RunID         string         `json:"runId,omitempty"`
	Namespace     string         `json:"namespace,omitempty"`
	SDKVersion    string         `json:"sdkVersion,omitempty"`
	ServerVersion string         `json:"serverVersion,omitempty"`
	RecordedAt    time.Time      `json:"recordedAt,omitzero"`
	Redacted      bool           `json:"redacted,omitempty"`
}

func metadataOf(r *Recording) metadata {
	m := metadata{
		Version:       metadataVersion,
		Lineage:       r.Lineage,
		Scenario:      r.Scenario,
		Preferred:     r.Preferred,
		WorkflowID:    r.WorkflowID,
		RunID:         r.RunID,
		Namespace:     r.Namespace,
		SDKVersion:    r.SDKVersion,
		ServerVersion: r.ServerVersion,
		Redacted:      r.Redacted,
	}
	if !r.RecordedAt.IsZero() {
		m.RecordedAt = r.RecordedAt.UTC()
	}
	return m
}

func (m *metadata) apply(r *Recording) {
	r.Lineage = slices.Clone(m.Lineage)
	r.Scenario = m.Scenario
	r.Preferred = maps.Clone(m.Preferred)
	r.Namespace = m.Namespace
	r.SDKVersion = m.SDKVersion
	r.ServerVersion = m.ServerVersion
	r.RecordedAt = m.RecordedAt
	r.Redacted = m.Redacted
	if m.WorkflowID != "" {
		r.WorkflowID = m.WorkflowID
	}
	if m.RunID != "" {
		r.RunID = m.RunID
	}
}

func parseMetadata(path string, raw []byte) (*metadata, error) {
	m := &metadata{}
	if err := json.Unmarshal(raw, m); err != nil {
		return nil, &FormatError{Path: path, Kind: KindMetadata, Err: err,
			Detail: fmt.Sprintf("its %q object cannot be read (%v)", metadataKey, err)}
	}
	if m.Version > metadataVersion {
		return nil, &FormatError{Path: path, Kind: KindMetadata,
			Detail: fmt.Sprintf("its %q object has version %d, and this program reads up to %d", metadataKey, m.Version,
				metadataVersion)}
	}
	return m, nil
}
