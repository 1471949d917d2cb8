/**
 * Reads gateway.yaml and devices.yaml into the settings that the other packages are built from, and says exactly what is
 * wrong with a file that it can't take. Imports the settings of all lower packages, and alone knows YAML and JSON Schema.
 */
@NullMarked
package io.coapgate.gateway.config;

import org.jspecify.annotations.NullMarked;
