package document

import "github.com/replaymatrix/replaymatrix/versioning/replay"

// Park says at which points of the recording an execution can wait for the stage. Points is the
// number of these points. Replayed are the points that were replayed.
type Park struct {
	Points   int         `json:"points"`
	Replayed []ParkPoint `json:"replayed"`
}

// ParkPoint is a point at which an execution can wait. Task is the ID of its WorkflowTaskCompleted
// event. Event is the ID of the last event of the commands of that Workflow Task.
type ParkPoint struct {
	Task    int64          `json:"task"`
	Event   int64          `json:"event"`
	Verdict replay.Verdict `json:"verdict"`
}

func parkObject(p replay.Park) *Park {
	if p.Total == 0 {
		return nil
	}
	object := &Park{Points: p.Total, Replayed: []ParkPoint{}}
	for _, point := range p.Points {
		object.Replayed = append(object.Replayed, ParkPoint(point))
	}
	return object
}
