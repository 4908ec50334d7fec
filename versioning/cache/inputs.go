package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// format is the version of what a key and a file are made of.
const format = "replaymatrix rows 6"

// Inputs are what the rows of a family depend on, apart from the program, its surroundings and the
// recordings.
type Inputs struct {
	Family *versioning.Family
	replay.Config
	// Twice means the same as in matrix.Options.
	Twice bool
	// Rehearse means the same as in matrix.Options.
	Rehearse rehearse.Scope

	// Key names what Config.Worker depends on beside the program and its environment, such as the
	// version of a key that it fetches. If Key is empty, there is no cache for a Worker with a data
	// converter, interceptors or other code.
	Key string
}

// cacheable reports whether rows of such inputs can be kept: their results are all
// in the row, and what they depend on is known.
func (in Inputs) cacheable() bool {
	if in.Logger != nil {
		return false
	}
	if in.Key != "" {
		return true
	}
	// What is left are values that the key has, and whatever a newer SDK adds counts
	// as code.
	replayer := in.Worker
	replayer.DisableDeadlockDetection, replayer.DisableRegistrationAliasing = false, false
	return reflect.ValueOf(replayer).IsZero()
}

// digest hashes what is data in the inputs. Code is in the program.
func (in Inputs) digest() (digest, error) {
	type stage struct{ Name, BuildID string }
	inputs := struct {
		Key                          string
		Family                       string
		WorkflowTypes                []string
		Catalogue                    bool
		Stages                       []stage
		Level                        string
		Allow                        any
		StrictPayloads               bool
		DefaultNamespace             string
		Twice                        bool           `json:",omitempty"`
		Rehearse                     rehearse.Scope `json:",omitempty"`
		NoDeadlockDetection, NoAlias bool
	}{
		Key:                 in.Key,
		Family:              in.Family.Name,
		WorkflowTypes:       in.Family.WorkflowTypes,
		Catalogue:           in.Family.Catalogue,
		Level:               string(in.Level),
		Allow:               in.Allow,
		StrictPayloads:      in.StrictPayloads,
		DefaultNamespace:    in.DefaultNamespace,
		Twice:               in.Twice,
		Rehearse:            in.Rehearse,
		NoDeadlockDetection: in.Worker.DisableDeadlockDetection,
		NoAlias:             in.Worker.DisableRegistrationAliasing,
	}
	for _, s := range in.Family.Stages {
		inputs.Stages = append(inputs.Stages, stage{s.Name, s.BuildID})
	}
	data, err := json.Marshal(inputs)
	if err != nil {
		return digest{}, fmt.Errorf("the inputs of %s: %w", in.Family.Name, err)
	}
	return hash(string(data)), nil
}

type digest [sha256.Size]byte

func (d digest) String() string { return hex.EncodeToString(d[:]) }

// hash is that of the list of texts: no other list gives the same bytes.
func hash(texts ...string) digest {
	h := sha256.New()
	for _, text := range texts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(text))))
		h.Write([]byte(text))
	}
	return digest(h.Sum(nil))
}
