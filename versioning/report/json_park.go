package report

import "github.com/replaymatrix/replaymatrix/versioning/replay"

// ParkObject says at which points of the recording an execution can wait for the
// stage: Points is their number, Replayed those that were replayed.
type ParkObject struct {
	Points   int               `json:"points"`
	Replayed []ParkPointObject `json:"replayed"`
}

// ParkPointObject is a park point: Task is the ID of its WorkflowTaskCompleted
// event, Event that of the last event of its commands.
type ParkPointObject struct {
	Task    int64          `json:"task"`
	Event   int64          `json:"event"`
	Verdict replay.Verdict `json:"verdict"`
}

func parkObject(p replay.Park) *ParkObject {
	if p.Total == 0 {
		return nil
	}
	object := &ParkObject{Points: p.Total, Replayed: []ParkPointObject{}}
	for _, point := range p.Points {
		object.Replayed = append(object.Replayed, ParkPointObject(point))
	}
	return object
}
