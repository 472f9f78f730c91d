/** What operators say of metrics and times: overrides, maintenance, calendars, zones. */
package dev.millrace.aggregate.rules;
