/**
 * The command line: runs a gateway, checks its configuration, makes keys. Imports the root package and {@code config};
 * nothing imports it.
 */
@NullMarked
package io.coapgate.gateway.cli;

import org.jspecify.annotations.NullMarked;
