/** The device simulator: simulated devices, a JWT-verifying upstream, and the demo that plays both against the gateway. */
@NullMarked
package io.coapgate.simulator;

import org.jspecify.annotations.NullMarked;
