/**
 * The gateway's own HTTP listeners: what upstream services need to verify its JWTs, and what an operator needs to watch it.
 * Imports {@code exchange} and what lies below it, {@code crypto.jose}, Vert.x and the Prometheus client.
 */
@NullMarked
package io.coapgate.gateway.admin;

import org.jspecify.annotations.NullMarked;
