#!/bin/bash
# A worker inside a Slurm allocation, which hands back before it ends and asks for another:
#   sbatch slurm-worker.sh
#SBATCH --job-name=plumb-worker
#SBATCH --time=04:00:00
#SBATCH --gpus=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=32G
#SBATCH --signal=B:TERM@300
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=plumb-worker-%j.log

set -a
# shellcheck source=/dev/null
. "${PLUMB_WORKER_ENV:-$HOME/.config/plumb/worker.env}"
set +a

told=
# shellcheck disable=SC2329  # by the trap
drain() {
  told=yes
  kill -TERM "$worker"
}

plumb worker --queue gpu --device cuda:0 --log-format json &
worker=$!
trap drain TERM

# The signal ends the first `wait`, but not the worker, which is still handing back.
wait "$worker"
code=$?
if [ -n "$told" ]; then
  wait "$worker"
  code=$?
  scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
