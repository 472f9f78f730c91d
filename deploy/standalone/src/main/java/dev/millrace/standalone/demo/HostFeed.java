package dev.millrace.standalone.demo;
