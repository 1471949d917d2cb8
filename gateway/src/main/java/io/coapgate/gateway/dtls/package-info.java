/**
 * The DTLS edge: Scandium, configured so that a session exists only with a device that the registry vouches for. Imports
 * {@code exchange} and below, Californium's connector interface, and Scandium, whose types stay in here.
 */
@NullMarked
package io.coapgate.gateway.dtls;

import org.jspecify.annotations.NullMarked;
