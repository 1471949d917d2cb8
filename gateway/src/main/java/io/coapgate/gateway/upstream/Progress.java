package io.coapgate.gateway.upstream;

/** How far an attempt had come when it failed. */
enum Progress {
    /** It waited for its turn: nothing is known about the target. */
    WAITING,
    /** It wanted a connection: nothing was sent. */
    CONNECTING,
    /** The target may have got some of it, or all. */
    SENT
}
