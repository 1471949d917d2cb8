/**
 * The command line: runs a gateway, checks its configuration, makes keys, looks into tokens. Imports the root package and
 * the lower ones; nothing imports it.
 */
@NullMarked
package io.coapgate.gateway.cli;

import org.jspecify.annotations.NullMarked;
