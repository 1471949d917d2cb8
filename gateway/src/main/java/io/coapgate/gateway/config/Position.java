package io.coapgate.gateway.config;

/** A place in a text; lines and columns count from 1, and 0 means the text as a whole. */
record Position(int line, int column) {
    static final Position WHOLE_FILE = new Position(0, 0);
}
