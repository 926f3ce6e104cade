"""Worker processes of one run.

    crew         the run as its parent has it: opens workers, hands out scenarios, puts together what they found
    handing_out  which scenario goes to which worker, and which one is run once more; no processes
    executor     one worker as a `concurrent.futures.Executor`, begun anew when it was lost
    process      a worker process as its parent has it: started, given tasks, ended
    child        inside a worker process: tasks come in, answers go out
    stage        the tasks: open a portal and a browser here, play a scenario, close
    orders       what goes to a worker, and what comes back
    elsewhere    what goes to one on another machine besides
    cluster      workers on the nodes of a Dask cluster, as the run has them; needs the extra `cluster`
    node         what Dask is given to call on a node: a worker process there

Nothing below `executor` knows what a task does, and no task knows in what kind of process it is.
"""
