package io.coapgate.gateway.authz;

/** Which answers on a route the gateway may give again without asking the upstream. */
public enum Caching {
    /** None. */
    NONE,
    /** Those that {@code Cache-Control} allows, to the device that got them and to no other. */
    PRIVATE,
    /** Beside those, the ones that the upstream calls {@code public}, to every device that may use the route. */
    SHARED
}
